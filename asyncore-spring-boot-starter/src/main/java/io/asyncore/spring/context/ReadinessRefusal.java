package io.asyncore.spring.context;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Tells that the application refuses traffic as soon as it begins to close, before its servers refuse connections. Boot does so
 * for applications with a web server, and leaves it to others otherwise.
 */
public final class ReadinessRefusal implements ApplicationListener<ContextClosedEvent>, Ordered {

    private final ApplicationContext context;
    private final ObjectProvider<ApplicationAvailability> availability;

    /**
     * Creates it.
     *
     * @param context the context whose end is told
     * @param availability knows whether it has been told already
     */
    public ReadinessRefusal(ApplicationContext context, ObjectProvider<ApplicationAvailability> availability) {
        this.context = context;
        this.availability = availability;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        ApplicationAvailability known = availability.getIfAvailable();
        boolean told = known != null
                && known.getReadinessState() == ReadinessState.REFUSING_TRAFFIC
                && known.getLastChangeEvent(ReadinessState.class) != null;
        if (event.getApplicationContext() == context && !told) {
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}

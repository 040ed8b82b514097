package io.asyncore.spring.actuate;

import io.asyncore.LoopCounters;
import io.asyncore.LoopEvent;
import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.AsyncoreServers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The meters of all servers, each tagged with {@code server}: {@code asyncore.channels}, the size of the channel map
 * with listeners included, and {@code asyncore.events}, the callbacks that the loop ran, by {@code event}.
 *
 * <p>Counting costs a loop no registry look-up: it adds to {@link LoopCounters}, which the meters read. The counters
 * outlive a server that is stopped and started again, so that what they publish never falls.
 */
public final class AsyncoreMetrics implements MeterBinder, AsyncoreServerCustomizer {

    private final ObjectProvider<AsyncoreServers> servers;
    private final Map<String, LoopCounters> counters = new ConcurrentHashMap<>();

    /**
     * Creates the meters' source.
     *
     * @param servers asked for when the meters are bound, because the servers need this customizer first
     */
    public AsyncoreMetrics(ObjectProvider<AsyncoreServers> servers) {
        this.servers = servers;
    }

    @Override
    public void customize(String server, Server.Builder builder) {
        builder.listener(counters(server));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        servers.getObject().all().forEach(server -> bind(server, registry));
    }

    private void bind(AsyncoreServer server, MeterRegistry registry) {
        Gauge.builder("asyncore.channels", server, AsyncoreServer::channelCount)
                .description("Channels in the server's map, listeners included")
                .baseUnit("channels")
                .tag("server", server.name())
                .register(registry);
        for (LoopEvent event : LoopEvent.values()) {
            FunctionCounter.builder("asyncore.events", counters(server.name()), each -> each.count(event))
                    .description("Events that the server's loop dispatched")
                    .baseUnit("events")
                    .tag("server", server.name())
                    .tag("event", event.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private LoopCounters counters(String server) {
        return counters.computeIfAbsent(server, name -> new LoopCounters());
    }
}

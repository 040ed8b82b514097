package io.asyncore.spring.context;

import io.asyncore.spring.AsyncoreServers;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Explains why there is no bean of the type {@link AsyncoreServers} to be injected. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's own, which wants such a bean to be defined
final class NoServersFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private final BeanFactory beans;
    private final Environment environment;

    NoServersFailureAnalyzer(BeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        if (cause.getBeanType() != AsyncoreServers.class) {
            return null;
        }
        boolean disabled = "false".equalsIgnoreCase(environment.getProperty("asyncore.enabled"));
        if (!disabled && (isAnyHandler() || isAnyKey())) {
            return null; // our configuration is left out, as in a test of a part of the application
        }
        return new FailureAnalysis(
                who(rootFailure) + " asks for AsyncoreServers, but there are none: "
                        + (disabled ? "asyncore.enabled is false." : HandlerFailures.noServer(singletons())),
                (disabled
                                ? "Remove asyncore.enabled"
                                : "Annotate the class that handles connections with @AsyncoreHandler")
                        + ", or ask for an ObjectProvider<AsyncoreServers>, which may be empty.",
                cause);
    }

    private String who(Throwable rootFailure) {
        UnsatisfiedDependencyException unsatisfied = findCause(rootFailure, UnsatisfiedDependencyException.class);
        InjectionPoint point = unsatisfied == null ? null : unsatisfied.getInjectionPoint();
        return point == null
                ? "Somebody"
                : point.getMember().getDeclaringClass().getName();
    }

    private boolean isAnyHandler() {
        return beans instanceof ConfigurableListableBeanFactory all && HandlerCandidate.isAnyIn(all);
    }

    private boolean isAnyKey() {
        Binder binder = Binder.get(environment);
        return Stream.of("asyncore.server", "asyncore.servers")
                .anyMatch(keys -> binder.bind(keys, Bindable.mapOf(String.class, Object.class))
                        .isBound());
    }

    private List<String> singletons() {
        return beans instanceof ConfigurableListableBeanFactory all ? HandlerCandidate.singletons(all) : List.of();
    }
}

package io.asyncore.spring.test;

import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.context.ServerSpec;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Has servers listen on free ports in place of the configured ones, except where the test itself sets the port.
 *
 * <p>It changes how servers are built and not the configuration: a key in the environment would make a server exist that the
 * application does not have, or give a port to one that has a path. The application's own customizers run after it.
 */
final class FreePorts implements AsyncoreServerCustomizer, Ordered {

    /** The first of these and all below it are the application's, all above are what the test says: framework's order. */
    private static final Set<String> APPLICATIONS = Set.of(
            "spring.application.json",
            "servletConfigInitParams",
            "servletContextInitParams",
            "jndiProperties",
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

    private final ConfigurableEnvironment environment;

    FreePorts(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void customize(String server, Server.Builder builder) {
        ConfigurationPropertyName port = key(server, "port");
        if (listensOnPort(server, port) && !isSetByTest(port)) {
            builder.port(0);
        }
    }

    private boolean listensOnPort(String server, ConfigurationPropertyName port) {
        return isSet(port) || server.equals(AsyncoreServer.DEFAULT_NAME) && !isSet(key(server, "path"));
    }

    private boolean isSet(ConfigurationPropertyName key) {
        return Binder.get(environment).bind(key, Bindable.of(String.class)).isBound();
    }

    private boolean isSetByTest(ConfigurationPropertyName key) {
        return StreamSupport.stream(
                        ConfigurationPropertySources.from(environment.getPropertySources())
                                .spliterator(),
                        false)
                .takeWhile(source -> !isApplications(source))
                .anyMatch(source -> source.getConfigurationProperty(key) != null);
    }

    private static boolean isApplications(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> named
                && APPLICATIONS.contains(named.getName());
    }

    private static ConfigurationPropertyName key(String server, String option) {
        return ConfigurationPropertyName.of(ServerSpec.prefix(server)).append(option);
    }
}

package io.asyncore.spring.context;

import io.asyncore.spring.AsyncoreServer;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Publishes the ports that servers really listen on, where Boot publishes those of its own servers: as {@code
 * local.asyncore.server.port} and {@code local.asyncore.servers.<name>.port} in the environment of the context and of
 * its parents.
 */
final class LocalPorts {

    private static final String SOURCE = "server.ports";

    private LocalPorts() {}

    static void publish(AsyncoreServer server, ApplicationContext context) {
        if (server.port() < 0) {
            return; // a Unix-domain socket has none
        }
        String key = "local." + ServerSpec.prefix(server.name()) + ".port";
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            if (each instanceof ConfigurableApplicationContext configurable) {
                ports(configurable.getEnvironment().getPropertySources()).put(key, server.port());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> ports(MutablePropertySources sources) {
        PropertySource<?> source = sources.get(SOURCE);
        if (source == null) {
            source = new MapPropertySource(SOURCE, new HashMap<>());
            sources.addFirst(source);
        }
        return (Map<String, Object>) source.getSource();
    }
}

package io.asyncore.spring.autoconfigure;

import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.context.AsyncoreStartException;
import io.asyncore.spring.context.ServerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Reads the servers out of the configuration and checks it. */
final class ServerSpecs {

    /** Where the default server listens unless its port is set. */
    private static final int DEFAULT_PORT = 9001;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

    private final AsyncoreProperties.Loop loop;

    private ServerSpecs(AsyncoreProperties.Loop loop) {
        this.loop = loop;
    }

    /** The default server, whether it is configured or not, and then the named ones. */
    static List<ServerSpec> of(AsyncoreProperties properties) {
        checkPositive("asyncore.loop.timeout", properties.loop().timeout());
        ServerSpecs specs = new ServerSpecs(properties.loop());
        List<ServerSpec> all = new ArrayList<>();
        all.add(specs.defaultServer(properties.server()));
        properties.servers().forEach((name, server) -> all.add(specs.named(name, server)));
        return all;
    }

    private ServerSpec defaultServer(AsyncoreProperties.@Nullable Server server) {
        return server == null
                ? new ServerSpec(AsyncoreServer.DEFAULT_NAME, DEFAULT_PORT, false, null, this::unconfigured)
                : spec(AsyncoreServer.DEFAULT_NAME, server.port() == null ? DEFAULT_PORT : server.port(), server);
    }

    private ServerSpec named(String name, AsyncoreProperties.Server server) {
        if (name.equals(AsyncoreServer.DEFAULT_NAME)) {
            throw new AsyncoreStartException(
                    "The default server is configured under 'asyncore.servers'.",
                    "Move the keys under asyncore.servers.default to asyncore.server.");
        }
        if (!NAME.matcher(name).matches()) {
            throw new AsyncoreStartException(
                    "'" + name + "' under 'asyncore.servers' is no name for a server.",
                    "Use lower-case letters and digits only, starting with a letter.");
        }
        if (server.port() == null) {
            throw new AsyncoreStartException(
                    "The server '" + name + "' has no port.",
                    "Set " + ServerSpec.prefix(name) + ".port; 0 takes any free one.");
        }
        return spec(name, server.port(), server);
    }

    private ServerSpec spec(String name, int port, AsyncoreProperties.Server server) {
        String prefix = ServerSpec.prefix(name);
        int connections = server.limits().connections();
        check(port >= 0 && port <= 65_535, prefix + ".port", port, "A port is a number from 0 to 65535.");
        check(connections > 0, prefix + ".limits.connections", connections, "At least one must be allowed.");
        checkPositive(prefix + ".timeouts.idle", server.timeouts().idle());
        return new ServerSpec(name, port, true, server.handler(), builder -> {
            PropertyMapper.get().from(server.address()).to(builder::address);
            builder.port(port)
                    .idleTimeout(server.timeouts().idle())
                    .maxConnections(connections)
                    .loopTimeout(loop.timeout());
        });
    }

    private void unconfigured(Server.Builder builder) {
        builder.port(DEFAULT_PORT).loopTimeout(loop.timeout());
    }

    private static void checkPositive(String key, Duration value) {
        check(value.compareTo(Duration.ZERO) > 0, key, value, "The time must be longer than nothing.");
    }

    private static void check(boolean valid, String key, Object value, String reason) {
        if (!valid) {
            throw new InvalidConfigurationPropertyValueException(key, value, reason);
        }
    }
}

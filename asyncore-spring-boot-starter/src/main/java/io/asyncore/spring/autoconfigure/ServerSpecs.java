package io.asyncore.spring.autoconfigure;

import io.asyncore.server.Ssl.ClientAuth;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.context.AsyncoreStartException;
import io.asyncore.spring.context.OptionFailure;
import io.asyncore.spring.context.ServerSpec;
import io.asyncore.spring.context.Shutdown;
import io.asyncore.spring.context.TlsFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the servers out of the configuration and checks it. */
final class ServerSpecs {

    /** Where the default server listens unless it is told where. */
    static final int DEFAULT_PORT = 9001;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

    private final AsyncoreProperties.Loop loop;

    private ServerSpecs(AsyncoreProperties.Loop loop) {
        this.loop = loop;
    }

    /** The default server, whether it is configured or not, and then the named ones. */
    static List<ServerSpec> of(AsyncoreProperties properties) {
        ServerSpecs specs = new ServerSpecs(properties.loop());
        List<ServerSpec> all = new ArrayList<>();
        all.add(specs.defaultServer(properties.server()));
        properties.servers().forEach((name, server) -> all.add(specs.named(name, server)));
        return all;
    }

    private ServerSpec defaultServer(AsyncoreProperties.@Nullable Server server) {
        if (server == null) {
            return new ServerSpec(
                    AsyncoreServer.DEFAULT_NAME, DEFAULT_PORT, null, false, null, Shutdown.GRACEFUL, null, builder -> {
                        builder.port(DEFAULT_PORT);
                        new LoopSettings(loop, AsyncoreServer.DEFAULT_NAME, 1).applyTo(builder);
                    });
        }
        Integer port = server.port() == null && server.path() == null ? Integer.valueOf(DEFAULT_PORT) : server.port();
        return spec(AsyncoreServer.DEFAULT_NAME, port, server);
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
        if (server.port() == null && server.path() == null) {
            throw new AsyncoreStartException(
                    "The server '" + name + "' has no port.",
                    "Set " + ServerSpec.prefix(name) + ".port; 0 takes any free one. Or set " + ServerSpec.prefix(name)
                            + ".path for a Unix-domain socket.");
        }
        return spec(name, server.port(), server);
    }

    private ServerSpec spec(String name, @Nullable Integer port, AsyncoreProperties.Server server) {
        try {
            ServerSettings settings = new ServerSettings(server, port);
            ShortTimes.warn(ServerSpec.prefix(name), server.timeouts());
            WithoutEffect.warn(ServerSpec.prefix(name), server);
            LoopSettings loops = new LoopSettings(loop, name, server.loops());
            return new ServerSpec(
                    name,
                    port,
                    server.path(),
                    true,
                    server.handler(),
                    server.shutdown(),
                    tls(name, server.ssl()),
                    builder -> {
                        settings.applyTo(builder);
                        loops.applyTo(builder);
                    });
        } catch (IllegalArgumentException refused) {
            throw OptionFailure.of(name, refused);
        }
    }

    private static ServerSpec.@Nullable Tls tls(String name, AsyncoreProperties.Ssl ssl) {
        if (Boolean.FALSE.equals(ssl.enabled())) {
            return null;
        }
        if (ssl.bundle() != null && ssl.bundle().isBlank()) {
            throw TlsFailures.blankBundle(name);
        }
        if (ssl.bundle() != null) {
            return new ServerSpec.Tls(ssl.bundle(), ssl.clientAuth(), ssl.startTls(), ssl.applicationProtocols());
        }
        if (Boolean.TRUE.equals(ssl.enabled())) {
            throw TlsFailures.withoutBundle(name, "ssl.enabled");
        }
        if (ssl.clientAuth() != ClientAuth.NONE) {
            throw TlsFailures.withoutBundle(name, "ssl.client-auth");
        }
        if (ssl.startTls()) {
            throw TlsFailures.withoutBundle(name, "ssl.start-tls");
        }
        if (!ssl.applicationProtocols().isEmpty()) {
            throw TlsFailures.withoutBundle(name, "ssl.application-protocols");
        }
        return null;
    }
}

package io.asyncore.spring.context;

import io.asyncore.server.Server;
import io.asyncore.server.Ssl;
import io.asyncore.spring.AsyncoreServer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about one server.
 *
 * @param name the server's name
 * @param port the port to listen on, 0 for any free one, or nothing
 * @param path the Unix-domain socket to listen on, or nothing
 * @param configured whether any of its keys is set; the default server exists without, if a handler binds to it
 * @param handler the bean that its {@code handler} key names, if that is set
 * @param shutdown what happens to its connections when the application stops
 * @param tls its TLS; null for plain text
 * @param settings applies its other keys to a builder
 */
public record ServerSpec(
        String name,
        @Nullable Integer port,
        @Nullable String path,
        boolean configured,
        @Nullable String handler,
        Shutdown shutdown,
        @Nullable Tls tls,
        Consumer<Server.Builder> settings) {

    /**
     * What the configuration says about the TLS of a server.
     *
     * @param bundle the name of an SSL bundle
     * @param clientAuth whether clients are asked for certificates
     * @param startTls whether connections begin in plain text
     * @param applicationProtocols what ALPN may choose, best first
     */
    public record Tls(String bundle, Ssl.ClientAuth clientAuth, boolean startTls, List<String> applicationProtocols) {}

    /** Where the keys of a server are found: {@code asyncore.server}, or {@code asyncore.servers.<name>}. */
    public static String prefix(String name) {
        return name.equals(AsyncoreServer.DEFAULT_NAME) ? "asyncore.server" : "asyncore.servers." + name;
    }

    String prefix() {
        return prefix(name);
    }

    boolean isDefault() {
        return name.equals(AsyncoreServer.DEFAULT_NAME);
    }

    /** How messages call this server. */
    String describe() {
        return "The server '" + name + "' (" + prefix() + ")";
    }

    /** How the log calls it. */
    String title() {
        return isDefault() ? "Asyncore" : "Asyncore server '" + name + "'";
    }
}

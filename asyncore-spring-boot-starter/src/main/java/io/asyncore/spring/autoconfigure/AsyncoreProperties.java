package io.asyncore.spring.autoconfigure;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be configured. A key that is not listed here fails the start.
 *
 * @param server The default server. It exists if one of its keys is set or a handler binds to it.
 * @param servers Further servers by name. Names are lower-case letters and digits, starting with a letter.
 * @param loop The loops that the servers run.
 */
@ConfigurationProperties(prefix = "asyncore", ignoreUnknownFields = false)
public record AsyncoreProperties(
        @Nullable Server server,
        @DefaultValue Map<String, Server> servers,
        @DefaultValue Loop loop) {

    /**
     * One server.
     *
     * @param port Port to listen on, 0 for any free one. Must be set for every server but the default one.
     * @param address Network address to listen on. All addresses of the machine unless set.
     * @param handler Name of the bean that handles connections: a DispatcherFactory or a prototype Dispatcher.
     * @param timeouts How long a connection may take for something.
     * @param limits How much of something the server allows.
     */
    public record Server(
            @Nullable Integer port,
            @Nullable InetAddress address,
            @Nullable String handler,
            @DefaultValue Timeouts timeouts,
            @DefaultValue Limits limits) {}

    /**
     * How long a connection may take for something.
     *
     * @param idle Time without input after which a connection is closed.
     */
    public record Timeouts(@DefaultValue("5m") Duration idle) {}

    /**
     * How much of something a server allows.
     *
     * @param connections Number of connections at once. While it is reached, further ones wait in the operating system.
     */
    public record Limits(@DefaultValue("10000") int connections) {}

    /**
     * The loops that servers run.
     *
     * @param timeout Longest wait of one turn of a loop in which nothing happens.
     */
    public record Loop(@DefaultValue("30s") Duration timeout) {}
}

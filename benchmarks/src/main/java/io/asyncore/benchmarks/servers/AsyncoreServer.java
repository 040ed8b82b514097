package io.asyncore.benchmarks.servers;

import io.asyncore.ChannelGroup;
import io.asyncore.server.DispatcherFactory;
import io.asyncore.server.Server;
import java.io.IOException;
import java.net.InetAddress;

/** Ours, with everything on that a user gets by default. */
public final class AsyncoreServer {

    /** The one default that does not fit: 10,000 idle connections and those that are measured. */
    static final int CONNECTIONS = 20_000;

    static final int BACKLOG = 4096;

    private AsyncoreServer() {}

    static RunningServer start(Server.Builder described) throws IOException {
        Server server = described.start();
        return new RunningServer(server.port(), server);
    }

    /** The server, for callers that want to change something. */
    public static Server.Builder describe(Protocol protocol, int port) {
        return Server.builder()
                .name(protocol.toString())
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .backlog(BACKLOG)
                .maxConnections(CONNECTIONS)
                .handler(handler(protocol));
    }

    /** What makes the handlers of this protocol. */
    public static DispatcherFactory handler(Protocol protocol) {
        return switch (protocol) {
            case ECHO -> EchoHandler::new;
            case LINE -> LineHandler::new;
            case FRAMES -> FrameHandler::new;
            case PREFIXED -> PrefixedHandler::new;
            case BROADCAST -> {
                ChannelGroup everybody = new ChannelGroup();
                yield () -> new BroadcastHandler(everybody);
            }
        };
    }
}

package io.asyncore.benchmarks.servers;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** Vert.x, on the native transport where there is one. */
final class VertxServer {

    private static final int BACKLOG = 4096;

    private VertxServer() {}

    static RunningServer start(Protocol protocol, int port) throws Exception {
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        NetServerOptions options = new NetServerOptions().setTcpNoDelay(true).setAcceptBacklog(BACKLOG);
        NetServer server = vertx.createNetServer(options)
                .connectHandler(socket -> serve(socket, protocol))
                .listen(port, InetAddress.getLoopbackAddress().getHostAddress())
                .await(10, TimeUnit.SECONDS);
        return new RunningServer(server.actualPort(), () -> vertx.close().await(10, TimeUnit.SECONDS));
    }

    private static void serve(NetSocket socket, Protocol protocol) {
        socket.exceptionHandler(lost -> socket.close());
        switch (protocol) {
            case ECHO, BROADCAST -> socket.handler(socket::write);
            case LINE -> socket.handler(RecordParser.newDelimited("\n", line -> socket.write(line.toString() + "\n")));
            case FRAMES ->
                socket.handler(RecordParser.newDelimited(
                        "\n",
                        frame -> socket.write(Buffer.buffer(frame.length() + 1)
                                .appendBuffer(frame)
                                .appendByte((byte) '\n'))));
            case PREFIXED -> socket.handler(new Prefixed(socket).parser);
        }
    }

    /** A parser that is told by turns how long the length is and how long the frame. */
    private static final class Prefixed {

        private final NetSocket socket;
        private final RecordParser parser = RecordParser.newFixed(Protocol.PREFIX);
        private boolean inFrame;

        Prefixed(NetSocket socket) {
            this.socket = socket;
            parser.handler(this::part);
        }

        private void part(Buffer data) {
            int length = inFrame ? 0 : data.getInt(0);
            if (length < 0 || length > Protocol.MAX_FRAME) {
                socket.close();
                return;
            }
            socket.write(data);
            inFrame = length > 0;
            parser.fixedSizeMode(inFrame ? length : Protocol.PREFIX);
        }
    }
}

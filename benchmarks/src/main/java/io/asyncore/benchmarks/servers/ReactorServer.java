package io.asyncore.benchmarks.servers;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.reactivestreams.Publisher;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/** Reactor Netty, on the native transport where there is one. */
final class ReactorServer {

    private static final int BACKLOG = 4096;

    private ReactorServer() {}

    static RunningServer start(Protocol protocol, int port) {
        LoopResources loop = LoopResources.create("reactor", 1, true);
        DisposableServer server = TcpServer.create()
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .runOn(loop)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .doOnConnection(connection -> addCodecs(connection, protocol))
                .handle((in, out) -> answers(in, out, protocol))
                .bindNow();
        return new RunningServer(server.port(), () -> {
            server.disposeNow();
            loop.dispose();
        });
    }

    private static void addCodecs(Connection connection, Protocol protocol) {
        switch (protocol) {
            case ECHO, BROADCAST -> {}
            case LINE -> connection.addHandlerLast(new LineBasedFrameDecoder(Protocol.MAX_FRAME));
            case FRAMES -> connection.addHandlerLast(new LineBasedFrameDecoder(Protocol.MAX_FRAME, false, true));
            case PREFIXED -> {
                connection.addHandlerLast(new LengthFieldBasedFrameDecoder(
                        Protocol.MAX_FRAME + Protocol.PREFIX, 0, Protocol.PREFIX, 0, Protocol.PREFIX));
                connection.addHandlerLast(new LengthFieldPrepender(Protocol.PREFIX));
            }
        }
    }

    private static Publisher<Void> answers(NettyInbound in, NettyOutbound out, Protocol protocol) {
        if (protocol == Protocol.LINE) {
            return out.sendString(in.receive().asString().map(line -> line + "\n"));
        }
        return out.send(in.receive().retain());
    }
}

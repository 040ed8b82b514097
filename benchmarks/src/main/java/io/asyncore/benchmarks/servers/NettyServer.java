package io.asyncore.benchmarks.servers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.LineEncoder;
import io.netty.handler.codec.string.LineSeparator;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Netty with its own codecs, on NIO or on its native epoll. */
final class NettyServer {

    private static final int BACKLOG = 4096;

    private NettyServer() {}

    static RunningServer start(Protocol protocol, int port, boolean epoll) throws Exception {
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        InetSocketAddress bound = (InetSocketAddress) new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Pipeline(protocol))
                .bind(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel()
                .localAddress();
        return new RunningServer(
                bound.getPort(),
                () -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await());
    }

    /** The decoders and encoders of a protocol. Reactor Netty takes the same. */
    static void addCodecs(ChannelPipeline pipeline, Protocol protocol) {
        switch (protocol) {
            case ECHO, BROADCAST -> {}
            case LINE ->
                pipeline.addLast(
                        new LineBasedFrameDecoder(Protocol.MAX_FRAME),
                        new StringDecoder(StandardCharsets.UTF_8),
                        new LineEncoder(LineSeparator.UNIX, StandardCharsets.UTF_8));
            case FRAMES -> pipeline.addLast(new LineBasedFrameDecoder(Protocol.MAX_FRAME, false, true));
            case PREFIXED ->
                pipeline.addLast(
                        new LengthFieldBasedFrameDecoder(
                                Protocol.MAX_FRAME + Protocol.PREFIX, 0, Protocol.PREFIX, 0, Protocol.PREFIX),
                        new LengthFieldPrepender(Protocol.PREFIX));
        }
    }

    private static final class Pipeline extends ChannelInitializer<SocketChannel> {

        private final Protocol protocol;
        private final ChannelGroup everybody = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

        Pipeline(Protocol protocol) {
            this.protocol = protocol;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            addCodecs(channel.pipeline(), protocol);
            channel.pipeline().addLast(protocol == Protocol.BROADCAST ? new Broadcast(everybody) : new Echo());
        }
    }

    /** Sends each message to everybody. */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails comes as exceptionCaught
    private static final class Broadcast extends ChannelInboundHandlerAdapter {

        private final ChannelGroup everybody;

        Broadcast(ChannelGroup everybody) {
            this.everybody = everybody;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            everybody.add(context.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            everybody.writeAndFlush(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Writes each message back without a promise that anybody looks at, and flushes once for all that one read has brought. */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails comes as exceptionCaught
    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}

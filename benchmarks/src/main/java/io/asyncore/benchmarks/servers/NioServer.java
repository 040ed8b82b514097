package io.asyncore.benchmarks.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JDK with nothing on top: one selector, one thread, shared direct buffers, output written at once. It has no limits, no
 * deadlines and no callbacks, and that is why the others are measured against it. Confined to its thread.
 */
final class NioServer implements Runnable {

    private static final int BACKLOG = 4096;

    private final Protocol protocol;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
    private volatile boolean ended;

    private NioServer(Protocol protocol, int port) throws IOException {
        this.protocol = protocol;
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    static RunningServer start(Protocol protocol, int port) throws IOException {
        NioServer server = new NioServer(protocol, port);
        new Thread(server, "nio").start();
        return new RunningServer(server.listener.socket().getLocalPort(), server::end);
    }

    /** Any thread. */
    private void end() {
        ended = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            Consumer<SelectionKey> served = this::ready;
            while (!ended) {
                selector.select(served);
            }
            selector.keys().forEach(NioServer::closeQuietly);
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (connection == null) {
                accept();
            } else if (key.isWritable()) {
                connection.writeRest();
            } else {
                read(connection);
            }
        } catch (IOException e) {
            closeQuietly(key);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Framing framing = isFramed(protocol) ? new Framing(protocol) : null;
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new Connection(channel, key, framing));
        }
    }

    private void read(Connection connection) throws IOException {
        if (connection.channel.read(input.clear()) < 0) {
            connection.channel.close();
        } else {
            answer(connection, input.flip());
        }
    }

    private void answer(Connection connection, ByteBuffer message) throws IOException {
        if (protocol == Protocol.BROADCAST) {
            for (SelectionKey key : selector.keys()) {
                if (key.attachment() instanceof Connection member) {
                    member.write(message.duplicate());
                }
            }
        } else {
            connection.write(connection.framing == null ? message : connection.framing.answer(message));
        }
    }

    private static boolean isFramed(Protocol protocol) {
        return protocol != Protocol.ECHO && protocol != Protocol.BROADCAST;
    }

    private static void closeQuietly(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException nothingLeftToDo) {
            // gone either way
        }
    }

    /** A client: while it does not take its output, it is not read. */
    private static final class Connection {

        private final SocketChannel channel;
        private final SelectionKey key;
        private final @Nullable Framing framing;
        private @Nullable ByteBuffer rest;

        Connection(SocketChannel channel, SelectionKey key, @Nullable Framing framing) {
            this.channel = channel;
            this.key = key;
            this.framing = framing;
        }

        void write(ByteBuffer output) throws IOException {
            if (rest != null) {
                throw new IOException("a member does not take its output");
            }
            channel.write(output);
            if (output.hasRemaining()) {
                rest = ByteBuffer.allocateDirect(output.remaining()).put(output).flip();
                key.interestOps(SelectionKey.OP_WRITE);
            }
        }

        void writeRest() throws IOException {
            if (rest != null) {
                channel.write(rest);
            }
            if (rest == null || !rest.hasRemaining()) {
                rest = null;
                key.interestOps(SelectionKey.OP_READ);
            }
        }
    }
}

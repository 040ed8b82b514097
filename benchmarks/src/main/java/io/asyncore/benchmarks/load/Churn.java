package io.asyncore.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Connections that come, exchange one message and go, so many at a time. Confined to its caller's thread. */
public final class Churn {

    private static final Duration STALLED = Duration.ofSeconds(10);

    /** Each local address has ports of its own, and a port rests for a minute after its connection has gone. */
    private static final int SOURCES = 200;

    private final int port;
    private final Load load;
    private final Selector selector;
    private final Window window;
    private final ByteBuffer message;
    private final ByteBuffer input;
    private int opened;
    private boolean manySources = true;

    private Churn(int port, Load load, Selector selector, Window window) {
        this.port = port;
        this.load = load;
        this.selector = selector;
        this.window = window;
        Messages messages = new Messages(load);
        message = messages.select(messages.view(), 0, load.size());
        input = ByteBuffer.allocateDirect(load.size() + 1);
    }

    /** As {@link LoadGenerator#run}; the load's depth is of no meaning here. */
    public static LoadResult run(int port, Load load, Duration warmUp, Duration measured, LongSupplier serverCpu)
            throws IOException {
        try (Selector selector = Selector.open()) {
            try {
                return new Churn(port, load, selector, new Window(warmUp, measured, serverCpu)).run();
            } finally {
                selector.keys().forEach(key -> Loopback.close((SocketChannel) key.channel()));
            }
        }
    }

    private LoadResult run() throws IOException {
        Failure failure = new Failure();
        Consumer<SelectionKey> served = key -> failure.guard(() -> serve(key));
        for (int i = 0; i < load.connections(); i++) {
            open();
        }
        while (window.goesOn()) {
            if (selector.select(served, STALLED.toMillis()) == 0) {
                throw new IOException("nothing came back for " + STALLED.toSeconds() + " s");
            }
            failure.throwIfAny();
        }
        return window.result();
    }

    private void open() throws IOException {
        long now = System.nanoTime();
        SocketChannel channel = SocketChannel.open();
        chooseSource(channel);
        channel.configureBlocking(false);
        boolean connected = channel.connect(Loopback.at(port));
        channel.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, now);
    }

    /** Linux has a whole net of loopback addresses; others have one. */
    private void chooseSource(SocketChannel channel) {
        if (manySources) {
            try {
                channel.bind(new InetSocketAddress("127.0.0." + (2 + opened++ % SOURCES), 0));
            } catch (IOException onlyOne) {
                manySources = false;
            }
        }
    }

    private void serve(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        if (key.isReadable()) {
            finish(channel, (long) key.attachment());
        } else if (!key.isConnectable() || channel.finishConnect()) {
            channel.write(message.duplicate());
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void finish(SocketChannel channel, long begun) throws IOException {
        channel.read(input.clear());
        if (!input.flip().equals(message)) {
            throw new IOException("the server does not answer with the " + load.size() + " bytes that it was sent");
        }
        channel.close();
        window.count(System.nanoTime() - begun);
        open();
    }
}

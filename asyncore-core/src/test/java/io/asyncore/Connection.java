package io.asyncore;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A dispatcher on one end of a loopback connection and a plain blocking socket on the other. */
final class Connection<D extends Dispatcher> implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    final ChannelMap map;
    final D channel;
    final Socket peer;

    /** Connects a dispatcher that the function makes for a map. */
    Connection(ChannelMap map, Function<ChannelMap, D> make) throws IOException {
        this.map = map;
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(new InetSocketAddress("127.0.0.1", 0));
            channel = make.apply(map);
            channel.createSocket();
            channel.connect(listener.getLocalSocketAddress());
            peer = listener.accept();
        }
        pollUntil(channel::isConnected);
    }

    /** Turns the loop on this thread until the condition holds. */
    void pollUntil(BooleanSupplier condition) {
        pollUntil(map, condition);
    }

    static void pollUntil(ChannelMap map, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + map.channels());
            }
            Asyncore.poll(Duration.ofMillis(20), map);
        }
    }

    @Override
    public void close() throws IOException {
        peer.close();
        map.closeAll(true);
    }
}

package io.asyncore.chat;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.EventLoop;
import io.asyncore.LoopListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A chat on one end of a loopback connection, its loop on the test's thread, and a plain socket on the other end. */
final class Link<C extends AsyncChat> implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final ChannelMap map = new ChannelMap();
    final C chat;
    final Socket peer;
    private int turns;

    Link(Function<ChannelMap, C> make) throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(new InetSocketAddress("127.0.0.1", 0));
            chat = make.apply(map);
            chat.createSocket();
            chat.connect(listener.getLocalSocketAddress());
            peer = listener.accept();
        }
        peer.setTcpNoDelay(true);
        map.loop().addListener(new LoopListener() {
            @Override
            public void onTurn(EventLoop loop) {
                turns++;
            }
        });
        until(chat::isConnected);
    }

    /** How many turns the loop has made so far. */
    int turns() {
        return turns;
    }

    void send(String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + map.channels());
            }
            Asyncore.poll(Duration.ofMillis(20), map);
        }
    }

    /** Turns the loop for so long, whatever happens. */
    void during(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        until(() -> System.nanoTime() - end >= 0);
    }

    @Override
    public void close() throws IOException {
        peer.close();
        map.closeAll(true);
    }
}

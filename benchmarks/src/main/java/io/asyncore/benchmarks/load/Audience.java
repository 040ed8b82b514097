package io.asyncore.benchmarks.load;

import io.asyncore.benchmarks.servers.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Connections that all hear what one of them says, which says the next as soon as everybody has heard the last. Confined to
 * its caller's thread.
 */
public final class Audience implements AutoCloseable {

    private static final Duration STALLED = Duration.ofSeconds(10);

    private final Load load;
    private final Messages messages;
    private final ByteBuffer output;
    private final ByteBuffer expected;
    private final ByteBuffer input;
    private final Selector selector = Selector.open();
    private final List<Listener> listeners = new ArrayList<>();
    private long said;
    private long saidAt;
    private int waiting;

    private Audience(Load load) throws IOException {
        this.load = load;
        messages = new Messages(load);
        output = messages.view();
        expected = messages.view();
        input = ByteBuffer.allocateDirect(load.size() + 1);
    }

    /** As {@link LoadGenerator#run}; what is counted is what has been heard, once for each who has. */
    public static LoadResult run(int port, Load load, Duration warmUp, Duration measured, LongSupplier serverCpu)
            throws IOException {
        if (load.protocol() != Protocol.BROADCAST || load.depth() != 1) {
            throw new IllegalArgumentException("an audience hears one broadcast at a time: " + load);
        }
        try (Audience audience = new Audience(load)) {
            audience.gather(port);
            return audience.listen(new Window(warmUp, measured, serverCpu));
        }
    }

    /** Whoever comes greets, and all have heard it before the next one comes: so the server knows everybody. */
    private void gather(int port) throws IOException {
        while (listeners.size() < load.connections()) {
            Listener last = new Listener(port);
            listeners.add(last);
            last.channel.write(messages.select(output, 0, load.size()));
            for (Listener listener : listeners) {
                while (!listener.hear(messages.select(expected, 0, load.size()))) {
                    // the rest is on its way
                }
            }
        }
    }

    private LoadResult listen(Window window) throws IOException {
        Failure failure = new Failure();
        Consumer<SelectionKey> served = key -> failure.guard(() -> serve((Listener) key.attachment(), window));
        for (Listener listener : listeners) {
            listener.channel.configureBlocking(false);
            listener.channel.register(selector, SelectionKey.OP_READ, listener);
        }
        while (window.goesOn()) {
            if (waiting == 0) {
                say();
            }
            if (selector.select(served, STALLED.toMillis()) == 0) {
                throw new IOException(waiting + " connections heard nothing for " + STALLED.toSeconds() + " s");
            }
            failure.throwIfAny();
        }
        return window.result();
    }

    private void say() throws IOException {
        saidAt = System.nanoTime();
        waiting = listeners.size();
        long start = said++ * load.size();
        listeners.get(0).channel.write(messages.select(output, start, start + load.size()));
    }

    private void serve(Listener listener, Window window) throws IOException {
        long start = (said - 1) * load.size();
        if (listener.hear(messages.select(expected, start, start + load.size()))) {
            waiting--;
            window.count(System.nanoTime() - saidAt);
        }
    }

    @Override
    public void close() throws IOException {
        listeners.forEach(listener -> Loopback.close(listener.channel));
        selector.close();
    }

    /** One of those who hear it all. */
    private final class Listener {

        private final SocketChannel channel;
        private int inMessage;

        Listener(int port) throws IOException {
            channel = Loopback.connect(port);
        }

        /** Reads once; true if it has heard the message to its end now. */
        boolean hear(ByteBuffer message) throws IOException {
            int count = channel.read(input.clear().limit(load.size() - inMessage));
            if (count < 0) {
                throw new IOException("the server has closed a connection");
            }
            if (input.flip()
                            .mismatch(message.position(message.position() + inMessage)
                                    .slice()
                                    .limit(count))
                    >= 0) {
                throw new IOException("the server sends other bytes than were said");
            }
            inMessage = (inMessage + count) % load.size();
            return inMessage == 0 && count > 0;
        }
    }
}

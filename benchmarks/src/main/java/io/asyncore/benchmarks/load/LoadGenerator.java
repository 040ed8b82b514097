package io.asyncore.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A closed loop on one thread: whenever a message is back, its connection sends the next. Confined to its caller's thread. */
public final class LoadGenerator {

    private static final Duration STALLED = Duration.ofSeconds(10);
    private static final int READ_SIZE = 256 * 1024;

    private final Window window;
    private final ByteBuffer input = ByteBuffer.allocateDirect(READ_SIZE);

    private LoadGenerator(Window window) {
        this.window = window;
    }

    /**
     * Puts a server under load.
     *
     * @param warmUp before anything is counted
     * @param serverCpu the CPU time that the server has used so far, in nanoseconds
     * @throws IOException if a connection was lost, wrong bytes came back, or nothing did for 10 s
     */
    public static LoadResult run(int port, Load load, Duration warmUp, Duration measured, LongSupplier serverCpu)
            throws IOException {
        List<Client> clients = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            Messages messages = new Messages(load);
            for (int i = 0; i < load.connections(); i++) {
                clients.add(new Client(Loopback.connect(port), selector, load, messages, i));
            }
            Window window = new Window(warmUp, measured, serverCpu);
            return new LoadGenerator(window).run(selector, clients);
        } finally {
            clients.forEach(Client::close);
        }
    }

    private LoadResult run(Selector selector, List<Client> clients) throws IOException {
        for (Client client : clients) {
            client.start();
        }
        Failure failure = new Failure();
        Consumer<SelectionKey> served = key -> failure.guard(() -> serve((Client) key.attachment()));
        while (window.goesOn()) {
            if (selector.select(served, STALLED.toMillis()) == 0) {
                throw new IOException("nothing came back for " + STALLED.toSeconds() + " s");
            }
            failure.throwIfAny();
        }
        return window.result();
    }

    private void serve(Client client) throws IOException {
        client.receive(input.clear(), window);
        client.send();
    }
}

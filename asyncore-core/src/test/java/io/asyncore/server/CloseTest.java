package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.LoopListener;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** {@code close()}: every handler is told, and no thread and no descriptor is left. */
class CloseTest {

    private static final String NAME = "close-test";
    private static final String SHUTDOWN = "close " + CloseReason.SHUTDOWN;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final List<Client> clients = new ArrayList<>();
    private final AtomicReference<Server> running = new AtomicReference<>();
    private OpenDescriptors before;

    @BeforeEach
    void look() throws IOException {
        before = OpenDescriptors.now();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        for (Client client : clients) {
            client.close();
        }
        before.assertNothingLeft();
        assertThat(LiveThreads.named("asyncore-" + NAME)).isEmpty();
    }

    private Server start(DispatcherFactory factory, LoopListener... listeners) throws IOException {
        Server.Builder builder = Server.builder()
                .name(NAME)
                .address(InetAddress.getLoopbackAddress())
                .handler(factory);
        for (LoopListener listener : listeners) {
            builder.listener(listener);
        }
        Server server = builder.start();
        running.set(server);
        return server;
    }

    /** Connects clients that have been served. */
    private void connect(Server server, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Client client = new Client(server.port());
            clients.add(client);
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
    }

    private void assertAllEnded() throws IOException {
        for (Client client : clients) {
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void fromAnotherThreadReturnsWhenNothingIsLeft() throws Exception {
        Server server = start(() -> new EchoLines(events));
        connect(server, 20);
        clients.get(0).leave();
        clients.remove(0);
        Await.until("one has left", () -> server.connections().size() == 19);
        events.clear();

        server.close();
        assertThat(LiveThreads.named("asyncore-" + NAME)).isEmpty();
        assertThat(server.isRunning()).isFalse();
        assertThat(server.connections()).isEmpty();
        assertThat(server.loop().map().isEmpty()).isTrue();
        assertThat(events).hasSize(19).containsOnly(SHUTDOWN);
        assertAllEnded();
        server.close();
        server.join();
        assertThat(server).hasToString("Server[" + NAME + ", port " + server.port() + ", ended]");
    }

    @Test
    void withoutAnyClient() throws Exception {
        start(EchoLines::new).close();
    }

    @Test
    void listenersHearOfEachChannelOnce() throws Exception {
        List<String> closed = Collections.synchronizedList(new ArrayList<>());
        Server server = start(EchoLines::new, new LoopListener() {
            @Override
            public void onClosed(Dispatcher channel, CloseReason reason) {
                closed.add(channel.id() + " " + reason);
            }
        });
        connect(server, 5);
        server.close();
        assertThat(closed).hasSize(6).doesNotHaveDuplicates().allMatch(line -> line.endsWith(" SHUTDOWN"));
    }

    @Test
    void fromAHandlerEndsTheServerWhenItReturns() throws Exception {
        Server server = start(() -> new EchoLines(events) {
            @Override
            protected void handleLine(String line) throws Exception {
                if (line.equals("close")) {
                    running.get().close();
                } else {
                    super.handleLine(line);
                }
            }
        });
        connect(server, 3);
        clients.get(1).say("close");
        server.join();
        assertAllEnded();
        assertThat(events).filteredOn(SHUTDOWN::equals).hasSize(3);
    }

    @Test
    void fromAFactoryEndsTheServerWhenItReturns() throws Exception {
        Server server = start(() -> {
            running.get().close();
            return new EchoLines(events);
        });
        clients.add(new Client(server.port()));
        server.join();
        assertAllEnded();
    }

    @Test
    void fromManyThreadsAtOnce() throws Exception {
        Server server = start(EchoLines::new);
        connect(server, 3);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger stillRunning = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                server.close();
                stillRunning.addAndGet(server.isRunning() ? 1 : 0);
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join(Await.PATIENCE.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(stillRunning).hasValue(0);
    }

    /** Whoever is interrupted while it waits for the end still finds nothing left, and is interrupted afterwards. */
    @Test
    void byAThreadThatIsInterrupted() throws Exception {
        Server server = start(EchoLines::new);
        connect(server, 1);
        Thread.currentThread().interrupt();
        server.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void whatHandlersThrowWhenTheyAreToldKeepsNothingOpen() throws Exception {
        Server server = start(() -> new EchoLines(events) {
            @Override
            protected void handleClose() throws Exception {
                super.handleClose();
                throw new IOException("expected by the test");
            }
        });
        connect(server, 5);
        server.close();
        assertThat(events).filteredOn(SHUTDOWN::equals).hasSize(5);
    }

    /** A client that reconnects whenever it loses its connection, in a loop that is about to end. */
    @Test
    void whatHandlersOpenWhenTheyAreToldIsClosedToo() throws Exception {
        Server server = start(() -> new EchoLines(events) {
            @Override
            protected void handleClose() throws Exception {
                super.handleClose();
                new Reconnecting(running.get().port()).open();
            }
        });
        connect(server, 2);
        server.close();
        assertThat(server.loop().map().isEmpty()).isTrue();
    }

    private static final class Reconnecting extends Dispatcher {
        private final int port;

        Reconnecting(int port) {
            this.port = port;
        }

        void open() throws IOException {
            createSocket();
            connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }

        @Override
        protected void handleError(Throwable error) {}

        @Override
        protected void handleClose() throws Exception {
            new Reconnecting(port).open();
        }
    }

    /** Tasks that were taken are run, and none is taken that is not: whoever waits for one does not wait in vain. */
    @RepeatedTest(20)
    void everyTaskThatWasTakenIsRun() throws Exception {
        Server server = start(EchoLines::new);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1000);
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> handInUntilRefused(server, ran, taken, begun));
            thread.start();
            busy.add(thread);
        }
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        server.close();
        for (Thread thread : busy) {
            thread.join(Await.PATIENCE.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(ran).hasValue(taken.get());
    }

    private static void handInUntilRefused(
            Server server, AtomicInteger ran, AtomicInteger taken, CountDownLatch begun) {
        try {
            while (true) {
                server.loop().execute(ran::incrementAndGet);
                taken.incrementAndGet();
                begun.countDown();
            }
        } catch (RejectedExecutionException ended) {
            // or the queue was full: in both cases this one was not taken
        }
    }

    /** Connections that were never accepted end with the listener. */
    @Test
    void clientsThatWaitInTheKernelAreTold() throws Exception {
        Server server = Server.builder()
                .name(NAME)
                .address(InetAddress.getLoopbackAddress())
                .handler(EchoLines::new)
                .maxConnections(1)
                .start();
        connect(server, 1);
        for (int i = 0; i < 5; i++) {
            clients.add(new Client(server.port()));
        }
        server.close();
        assertAllEnded();
    }
}

package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that shuts down while one of its loops is stuck: the others do not wait for it, and nobody for long. */
@Timeout(60)
class DrainOfSeveralLoopsTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofHours(1);

    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void noThreadIsLeft() throws Exception {
        release.countDown();
        LiveThreads.awaitEndOf("asyncore-");
    }

    /** Daemons: a test that fails must not keep the tests from ending. */
    private static Server start() throws IOException {
        return start(EchoLines::new);
    }

    private static Server start(DispatcherFactory factory) throws IOException {
        return Server.builder()
                .name("drain-test")
                .address(InetAddress.getLoopbackAddress())
                .loops(2)
                .handler(factory)
                .threadFactory(body -> {
                    Thread thread = new Thread(body, "asyncore-drain-test");
                    thread.setDaemon(true);
                    return thread;
                })
                .start();
    }

    /** A server with a client on each of its loops: the one under test, and the other one. */
    private record Pair(Server server, EventLoop loop, Client client, Client other) implements AutoCloseable {

        /** @param index of the loop under test; the first client goes to the second loop, as the first one listens */
        static Pair of(Server server, int index) throws Exception {
            Client onSecond = greeted(server);
            Client onFirst = greeted(server);
            assertThat(server.connections().stream().map(Dispatcher::map))
                    .containsExactly(
                            server.loops().get(1).map(), server.loops().get(0).map());
            EventLoop loop = server.loops().get(index);
            return index == 0 ? new Pair(server, loop, onFirst, onSecond) : new Pair(server, loop, onSecond, onFirst);
        }

        private static Client greeted(Server server) throws IOException {
            Client client = new Client(server.port());
            assertThat(client.ask("hello")).isEqualTo("hello");
            return client;
        }

        @Override
        public void close() throws IOException {
            client.leave();
            other.leave();
        }
    }

    /** Deaf to interrupts. */
    private void block(EventLoop loop) throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        loop.execute(() -> {
            blocked.countDown();
            while (release.getCount() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        });
        assertThat(blocked.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private static DrainResult resultOf(CompletableFuture<DrainResult> shutdown) throws Exception {
        return shutdown.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Nobody waits for the loop any more, which has been blocked until now. */
    private void endsInGoodOrder(Pair pair, CompletableFuture<DrainResult> shutdown) throws Exception {
        release.countDown();
        assertThat(pair.client().hear()).isNull();
        pair.close();
        assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(2, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theOthersDoNotWaitForAStuckLoop(int stuck) throws Exception {
        try (Pair pair = Pair.of(start(), stuck)) {
            block(pair.loop());
            CompletableFuture<DrainResult> shutdown = pair.server().shutdown(LONG);
            assertThat(pair.other().hear()).isNull();
            assertThat(shutdown).isNotDone();
            endsInGoodOrder(pair, shutdown);
        }
    }

    /** The result is there while it is stuck; how soon after the time is over depends on the machine. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStuckLoopIsNotWaitedForWhenTheTimeIsOver(int stuck) throws Exception {
        try (Pair pair = Pair.of(start(), stuck)) {
            block(pair.loop());
            long start = System.nanoTime();
            CompletableFuture<DrainResult> shutdown = pair.server().shutdown(SHORT);
            assertThat(pair.other().hear()).isNull();
            pair.other().leave();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(1, 1));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
            release.countDown();
            assertThat(pair.client().hear()).isNull();
            pair.server().join();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFullTaskQueueDelaysOnlyItsLoop(int full) throws Exception {
        try (Pair pair = Pair.of(start(), full)) {
            block(pair.loop());
            fillTaskQueue(pair.loop());
            CompletableFuture<DrainResult> shutdown = pair.server().shutdown(LONG);
            assertThat(pair.other().hear()).isNull();
            endsInGoodOrder(pair, shutdown);
        }
    }

    private static void fillTaskQueue(EventLoop loop) {
        try {
            while (true) {
                loop.execute(() -> {});
            }
        } catch (RejectedExecutionException full) {
            // as it should be
        }
    }

    /** A second call with more time does not prolong the first. */
    @Test
    void theFirstTimeThatIsOverCountsOnEachLoop() throws Exception {
        Server server = start(() -> new EchoLines() {
            @Override
            protected void handleLine(String line) throws Exception {
                super.handleLine(line);
                pauseReading(); // who knows what the client has said since
            }
        });
        try (Pair pair = Pair.of(server, 0)) {
            CompletableFuture<DrainResult> hasty = server.shutdown(SHORT);
            CompletableFuture<DrainResult> patient = server.shutdown(LONG);
            assertThat(resultOf(hasty)).isEqualTo(new DrainResult(0, 2));
            assertThat(resultOf(patient)).isEqualTo(new DrainResult(0, 2));
            assertThat(pair.client().hear()).isNull();
            assertThat(pair.other().hear()).isNull();
        }
    }
}

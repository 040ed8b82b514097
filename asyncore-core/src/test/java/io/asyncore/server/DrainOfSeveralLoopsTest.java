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

    /** A client of the loop with that index: the first to come goes to the second loop, as the first one listens. */
    private static Client[] clients(Server server) throws Exception {
        Client[] clients = {null, new Client(server.port())};
        assertThat(clients[1].ask("hello")).isEqualTo("hello");
        clients[0] = new Client(server.port());
        assertThat(clients[0].ask("hello")).isEqualTo("hello");
        assertThat(server.connections().stream().map(Dispatcher::map))
                .containsExactly(
                        server.loops().get(1).map(), server.loops().get(0).map());
        return clients;
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

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theOthersDoNotWaitForAStuckLoop(int stuck) throws Exception {
        Server server = start();
        Client[] clients = clients(server);
        try (Client onStuck = clients[stuck];
                Client onOther = clients[1 - stuck]) {
            block(server.loops().get(stuck));
            CompletableFuture<DrainResult> shutdown = server.shutdown(LONG);
            assertThat(onOther.hear()).isNull();
            assertThat(shutdown).isNotDone();
            release.countDown();
            assertThat(onStuck.hear()).isNull();
            onStuck.leave();
            onOther.leave();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(2, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStuckLoopIsWaitedForNoLongerThanASecond(int stuck) throws Exception {
        Server server = start();
        Client[] clients = clients(server);
        try (Client onStuck = clients[stuck];
                Client onOther = clients[1 - stuck]) {
            block(server.loops().get(stuck));
            long start = System.nanoTime();
            CompletableFuture<DrainResult> shutdown = server.shutdown(SHORT);
            assertThat(onOther.hear()).isNull();
            onOther.leave();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(1, 1));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plus(Duration.ofSeconds(1)));
            release.countDown();
            assertThat(onStuck.hear()).isNull();
        }
        server.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFullTaskQueueDelaysOnlyItsLoop(int full) throws Exception {
        Server server = start();
        Client[] clients = clients(server);
        try (Client onFull = clients[full];
                Client onOther = clients[1 - full]) {
            block(server.loops().get(full));
            fillTaskQueue(server.loops().get(full));
            CompletableFuture<DrainResult> shutdown = server.shutdown(LONG);
            assertThat(onOther.hear()).isNull();
            release.countDown();
            assertThat(onFull.hear()).isNull();
            onFull.leave();
            onOther.leave();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(2, 0));
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
        Client[] clients = clients(server);
        try (Client one = clients[0];
                Client two = clients[1]) {
            CompletableFuture<DrainResult> hasty = server.shutdown(SHORT);
            CompletableFuture<DrainResult> patient = server.shutdown(LONG);
            assertThat(resultOf(hasty)).isEqualTo(new DrainResult(0, 2));
            assertThat(resultOf(patient)).isEqualTo(new DrainResult(0, 2));
            assertThat(one.hear()).isNull();
            assertThat(two.hear()).isNull();
        }
    }
}

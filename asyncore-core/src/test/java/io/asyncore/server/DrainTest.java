package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.EventLoop;
import io.asyncore.LoopEvent;
import io.asyncore.LoopListener;
import io.asyncore.chat.LineChat;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What {@code shutdown(Duration)} answers, and when, while others hinder the server or end it too. */
@Timeout(60)
class DrainTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofHours(1);

    @AfterEach
    void noThreadIsLeft() throws Exception {
        LiveThreads.awaitEndOf("asyncore-");
    }

    /** Daemons: a test that fails must not keep the tests from ending. */
    private static Server start(DispatcherFactory factory, LoopListener... listeners) throws IOException {
        Server.Builder builder = Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(factory)
                .threadFactory(body -> {
                    Thread thread = new Thread(body, "asyncore-drain-test");
                    thread.setDaemon(true);
                    return thread;
                });
        for (LoopListener listener : listeners) {
            builder.listener(listener);
        }
        return builder.start();
    }

    private static DrainResult resultOf(CompletableFuture<DrainResult> shutdown) throws Exception {
        return shutdown.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void awaitConnections(Server server, int count) throws Exception {
        Await.until(count + " are served", () -> server.connections().size() == count);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Has no output that could be waited for, and ends with its client. */
    private static class Listening extends Dispatcher {
        @Override
        protected void handleRead() throws Exception {
            recv();
        }
    }

    /** Keeps the loop busy until told, with as many tasks behind as it takes. */
    private static CountDownLatch block(EventLoop loop) {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        loop.execute(() -> {
            blocked.countDown();
            await(release);
        });
        await(blocked);
        return release;
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

    @Test
    void aFullTaskQueueDelaysIt() throws Exception {
        Server server = start(Listening::new);
        try (Client leaves = new Client(server.port());
                Client stays = new Client(server.port())) {
            awaitConnections(server, 2);
            CountDownLatch release = block(server.loop());
            fillTaskQueue(server.loop());
            CompletableFuture<DrainResult> shutdown = server.shutdown(LONG);
            assertThat(shutdown).isNotDone();
            release.countDown();
            leaves.leave();
            awaitConnections(server, 1);
            server.shutdown(SHORT);
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(1, 1));
            assertThat(server.isRunning()).isFalse();
            assertThat(stays.hear()).isNull();
        }
    }

    /** What another thread has sent lies in the full queue: not every end of output finds room behind it at once. */
    @Test
    void whatLiesInAFullTaskQueueIsDelivered() throws Exception {
        Server server = start(EchoLines::new);
        try (Client one = new Client(server.port());
                Client two = new Client(server.port())) {
            assertThat(one.ask("hello")).isEqualTo("hello");
            assertThat(two.ask("hello")).isEqualTo("hello");
            CountDownLatch release = block(server.loop());
            CompletableFuture<DrainResult> shutdown = server.shutdown(LONG);
            for (Dispatcher handler : server.connections()) {
                assertThat(((LineChat) handler).push("good bye\r\n")).isTrue();
            }
            fillTaskQueue(server.loop());
            release.countDown();
            for (Client client : new Client[] {one, two}) {
                assertThat(client.hear()).isEqualTo("good bye");
                assertThat(client.hear()).isNull();
                client.leave();
            }
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(2, 0));
        }
    }

    @RepeatedTest(10)
    void whoIsCutByCloseWasForced() throws Exception {
        Server server = start(Listening::new);
        try (Client client = new Client(server.port())) {
            awaitConnections(server, 1);
            CompletableFuture<DrainResult> shutdown = server.shutdown(LONG);
            server.close();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(0, 1));
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void whoStillHasOutputWhenTheTimeIsOverWasForced() throws Exception {
        Server server = start(() -> new DispatcherWithSend() {
            @Override
            protected void handleConnect() {
                send(new byte[8 * 1024 * 1024]);
            }
        });
        try (Client readsNothing = new Client(server.port())) {
            awaitConnections(server, 1);
            assertThat(resultOf(server.shutdown(SHORT))).isEqualTo(new DrainResult(0, 1));
            readsNothing.leave();
        }
    }

    @Test
    void onlyWhatEndsAfterTheCallIsCounted() throws Exception {
        Server server = start(Listening::new);
        try (Client early = new Client(server.port());
                Client later = new Client(server.port());
                Client never = new Client(server.port())) {
            awaitConnections(server, 3);
            early.leave();
            awaitConnections(server, 2);
            CompletableFuture<DrainResult> shutdown = server.shutdown(LONG);
            later.vanish();
            awaitConnections(server, 1);
            server.close();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(1, 1));
            assertThat(never.hear()).isNull();
        }
    }

    @Test
    void twiceTellsBothTheSame() throws Exception {
        Server server = start(Listening::new);
        try (Client client = new Client(server.port())) {
            awaitConnections(server, 1);
            CompletableFuture<DrainResult> first = server.shutdown(LONG);
            CompletableFuture<DrainResult> second = server.shutdown(LONG);
            client.leave();
            assertThat(resultOf(first)).isEqualTo(new DrainResult(1, 0));
            assertThat(resultOf(second)).isEqualTo(new DrainResult(1, 0));
        }
    }

    @Test
    void theShorterOfTwoTimesCountsForBoth() throws Exception {
        Server server = start(Listening::new);
        try (Client client = new Client(server.port())) {
            awaitConnections(server, 1);
            CompletableFuture<DrainResult> patient = server.shutdown(LONG);
            CompletableFuture<DrainResult> hasty = server.shutdown(SHORT);
            assertThat(resultOf(patient)).isEqualTo(new DrainResult(0, 1));
            assertThat(resultOf(hasty)).isEqualTo(new DrainResult(0, 1));
            assertThat(client.hear()).isNull();
        }
    }

    /** A server that is about to end takes no tasks any more, yet it has not ended. */
    @Test
    void whileTheServerEndsItWaitsForTheEnd() throws Exception {
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Server server = start(() -> new Listening() {
            @Override
            protected void handleClose() {
                ending.countDown();
                await(release);
            }
        });
        try (Client client = new Client(server.port())) {
            awaitConnections(server, 1);
            server.loop().stop();
            await(ending);
            CompletableFuture<DrainResult> shutdown = server.shutdown(LONG);
            assertThat(shutdown).isNotDone();
            release.countDown();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(0, 1));
            assertThat(server.isRunning()).isFalse();
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void theLastOneToLeaveWithinAHandlerEndsIt() throws Exception {
        Server server = start(() -> new Listening() {
            @Override
            protected void handleRead() {
                close();
            }
        });
        try (Client client = new Client(server.port())) {
            awaitConnections(server, 1);
            CompletableFuture<DrainResult> shutdown = server.shutdown(LONG);
            client.say("close");
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(1, 0));
        }
    }

    /** Each handler closes the other's server while the other does the same. */
    @Test
    void serversMayCloseEachOther() throws Exception {
        CyclicBarrier bothAreInAHandler = new CyclicBarrier(2);
        CompletableFuture<Server> one = new CompletableFuture<>();
        CompletableFuture<Server> two = new CompletableFuture<>();
        one.complete(start(() -> new ClosesOther(two, bothAreInAHandler)));
        two.complete(start(() -> new ClosesOther(one, bothAreInAHandler)));
        try (Client toOne = new Client(one.join().port());
                Client toTwo = new Client(two.join().port())) {
            toOne.say("close the other");
            toTwo.say("close the other");
            assertThat(toOne.hear()).isNull();
            assertThat(toTwo.hear()).isNull();
        }
        one.join().join();
        two.join().join();
    }

    private static final class ClosesOther extends Listening {
        private final CompletableFuture<Server> other;
        private final CyclicBarrier bothAreInAHandler;

        ClosesOther(CompletableFuture<Server> other, CyclicBarrier bothAreInAHandler) {
            this.other = other;
            this.bothAreInAHandler = bothAreInAHandler;
        }

        @Override
        protected void handleRead() throws Exception {
            recv();
            bothAreInAHandler.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            other.join().close();
        }
    }

    /** As long as a time can be. */
    @Test
    void forEverIsATimeToo() throws Exception {
        Server server = start(Listening::new);
        try (Client client = new Client(server.port())) {
            awaitConnections(server, 1);
            CompletableFuture<DrainResult> shutdown = server.shutdown(ChronoUnit.FOREVER.getDuration());
            client.leave();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(1, 0));
        }
    }

    /** Deaf to interrupts, too. */
    @Test
    void whoNeverReturnsIsWaitedForNoLongerThanASecond() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Server server = start(() -> new Listening() {
            @Override
            protected void handleRead() {
                begun.countDown();
                while (release.getCount() > 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            }
        });
        try (Client client = new Client(server.port())) {
            client.say("never return");
            await(begun);
            assertShutDownInTime(server);
            fillTaskQueue(server.loop());
            assertShutDownInTime(server);
        } finally {
            release.countDown();
        }
        server.join();
    }

    /** A machine that pauses makes one take longer, but not all of them. */
    private static void assertShutDownInTime(Server server) throws Exception {
        Duration most = SHORT.plus(Duration.ofSeconds(1));
        Duration took = Duration.ofDays(1);
        for (int i = 0; i < 10 && took.compareTo(most) > 0; i++) {
            long start = System.nanoTime();
            assertThat(resultOf(server.shutdown(SHORT))).isEqualTo(new DrainResult(0, 1));
            took = Duration.ofNanos(System.nanoTime() - start);
        }
        assertThat(took).isBetween(SHORT, most);
    }

    /** Fails in whatever it is told, as the assertions of a test's listener do. */
    private static final class Failing implements LoopListener {
        private final AtomicInteger told = new AtomicInteger();

        private void fail() {
            told.incrementAndGet();
            throw new AssertionError("expected by the test");
        }

        @Override
        public void onEvent(LoopEvent event, Dispatcher channel) {
            fail();
        }

        @Override
        public void onBytesIn(Dispatcher channel, int count) {
            fail();
        }

        @Override
        public void onBytesOut(Dispatcher channel, int count) {
            fail();
        }

        @Override
        public void onClosed(Dispatcher channel, CloseReason reason) {
            fail();
        }

        @Override
        public void onTurn(EventLoop loop) {
            fail();
        }
    }

    /** The server counts its connections as a listener too, behind the one that fails. */
    @Test
    void aListenerThatFailsHarmsNobody() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(LoopListener.class);
        logger.setLevel(Level.OFF);
        Failing failing = new Failing();
        try {
            Server server = start(EchoLines::new, failing);
            try (Client client = new Client(server.port())) {
                assertThat(client.ask("hello")).isEqualTo("hello");
                CompletableFuture<DrainResult> shutdown = server.shutdown(LONG);
                assertThat(client.hear()).isNull();
                client.leave();
                assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(1, 0));
            }
        } finally {
            logger.setLevel(null);
        }
        assertThat(failing.told).hasPositiveValue();
    }
}

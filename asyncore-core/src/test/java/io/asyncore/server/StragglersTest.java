package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.LoopListener;
import io.asyncore.cpython.CapturedLog;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

/** Callbacks that do not return when their server ends: nobody waits for them for ever. */
@Timeout(60)
@ResourceLock("log of io.asyncore")
class StragglersTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private final CountDownLatch release = new CountDownLatch(1);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() throws Exception {
        release.countDown();
        for (Client client : clients) {
            client.close();
        }
        LiveThreads.awaitEndOf("asyncore-");
    }

    /** Does what its lines say, and writes down what it has begun. */
    private class Stubborn extends EchoLines {

        Stubborn() {
            super(StragglersTest.this.events);
        }

        @Override
        protected void handleLine(String line) throws Exception {
            events.add(line);
            switch (line) {
                case "deaf" -> ignoresInterrupts();
                case "wait" -> release.await();
                case "log" -> LoggerFactory.getLogger("io.asyncore.Stubborn").info("never written");
                case "offload" -> offload(this::waits, done -> {});
                default -> super.handleLine(line);
            }
        }

        private void ignoresInterrupts() {
            while (release.getCount() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }

        private String waits() {
            try {
                release.await();
            } catch (InterruptedException e) {
                events.add("offload interrupted");
            }
            return "";
        }
    }

    /** Daemons: a test that fails must not keep the tests from ending. */
    private static Server start(DispatcherFactory factory) throws IOException {
        return Server.builder()
                .name("stubborn")
                .address(InetAddress.getLoopbackAddress())
                .handler(factory)
                .threadFactory(body -> {
                    Thread thread = new Thread(body, "asyncore-stubborn");
                    thread.setDaemon(true);
                    return thread;
                })
                .start();
    }

    /** A client whose line its handler has begun to handle. */
    private void begin(Server server, String line) throws Exception {
        Client client = new Client(server.port());
        clients.add(client);
        client.say(line);
        Await.until(line + " has begun", () -> events.contains(line));
    }

    private List<String> errorsAt(ThrowingRunnable end) throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            end.run();
            return log.lines().stream().filter(line -> line.startsWith("ERROR")).toList();
        }
    }

    @FunctionalInterface
    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    @Test
    void aHandlerThatDoesNotReturnIsLeftBehindAndNamed() throws Exception {
        Server server = start(Stubborn::new);
        begin(server, "deaf");
        try (CapturedLog log = new CapturedLog()) {
            long begin = System.nanoTime();
            server.close(SHORT);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SHORT, Duration.ofSeconds(10));
            assertThat(server.isRunning()).isFalse();
            Await.until("the line", () -> !log.throwables().isEmpty());
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("ERROR"))
                    .singleElement()
                    .asString()
                    .matches(
                            "ERROR server 'stubborn' was closed, but its loop 0 does not end, and its thread "
                                    + "'asyncore-stubborn' is left behind: \\d+ ms in handleRead of .*Stubborn.*127.0.0.1.* so far");
            assertThat(log.throwables()).singleElement().asString().contains("Stubborn.ignoresInterrupts");
            server.close();
            assertThat(log.lines())
                    .as("once")
                    .filteredOn(line -> line.startsWith("ERROR"))
                    .hasSize(1);
        }
        server.join(); // for everybody else it has ended
        release.countDown();
        Await.until("its end, after all", () -> events.contains("close SHUTDOWN"));
    }

    @Test
    void whoWaitsForAShutdownWaitsNoLongerThanTheClose() throws Exception {
        Server server = start(Stubborn::new);
        begin(server, "deaf");
        CompletableFuture<DrainResult> shutdown = server.shutdown(Duration.ofDays(1));
        try (CapturedLog quiet = new CapturedLog()) {
            server.close(SHORT);
            assertThat(shutdown.get(20, TimeUnit.SECONDS).forced()).isEqualTo(1);
            LiveThreads.awaitEndOf("asyncore-drain");
            Await.until("the line", () -> !quiet.throwables().isEmpty());
        }
    }

    /** It is not in a callback of any channel. */
    @Test
    void aListenerThatWaitsIsInterruptedToo() throws Exception {
        LoopListener waits = new LoopListener() {
            @Override
            public void onClosed(Dispatcher channel, CloseReason reason) {
                try {
                    if (channel instanceof Stubborn) {
                        release.await();
                    }
                } catch (InterruptedException e) {
                    events.add("listener interrupted");
                }
            }
        };
        Server server = Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(Stubborn::new)
                .listener(waits)
                .start();
        clients.add(new Client(server.port()));
        assertThat(clients.get(0).ask("hello")).isEqualTo("hello");
        assertThat(errorsAt(() -> server.close(Duration.ofSeconds(2)))).isEmpty();
        assertThat(events).contains("listener interrupted");
    }

    /** A handler may leave its thread's flag set. */
    @Test
    void theInterruptOfOneReachesNoOther() throws Exception {
        Server server = start(() -> new Stubborn() {
            @Override
            protected void handleLine(String line) throws Exception {
                events.add(line);
                while (line.equals("busy") && !Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            }

            @Override
            protected void handleClose() throws Exception {
                events.add("closed " + Thread.currentThread().isInterrupted());
                super.handleClose();
            }
        });
        for (String line : List.of("hello", "hallo", "busy")) {
            begin(server, line);
        }
        assertThat(errorsAt(() -> server.close(Duration.ofSeconds(2)))).isEmpty();
        assertThat(events).filteredOn("closed false"::equals).hasSize(3);
    }

    @Test
    void aHandlerThatWaitsIsInterruptedWhenHalfOfTheTimeIsOver() throws Exception {
        Server server = start(Stubborn::new);
        begin(server, "wait");
        assertThat(errorsAt(() -> server.close(Duration.ofSeconds(2)))).isEmpty();
        assertThat(LiveThreads.named("asyncore-stubborn")).isEmpty();
    }

    /** The first one is not the last. */
    @Test
    void afterAShutdownEveryCallbackThatWaitsIsInterrupted() throws Exception {
        Server server = start(() -> new Stubborn() {
            @Override
            protected void handleClose() throws Exception {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    events.add("interrupted");
                }
            }
        });
        for (int i = 0; i < 3; i++) {
            clients.add(new Client(server.port()));
            assertThat(clients.get(i).ask("hello")).isEqualTo("hello");
        }
        begin(server, "wait");
        CompletableFuture<DrainResult> shutdown = server.shutdown(Duration.ZERO);
        assertThat(shutdown.get(20, TimeUnit.SECONDS).forced()).isEqualTo(4);
        server.join();
        assertThat(events).filteredOn("interrupted"::equals).hasSize(4);
    }

    /** As it is where the standard output is a pipe that nobody reads. */
    @Test
    void aLogThatTakesNothingHindersNobody() throws Exception {
        Server server = start(Stubborn::new);
        AppenderBase<ILoggingEvent> blocked = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                while (release.getCount() > 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            }
        };
        Logger logger = (Logger) LoggerFactory.getLogger("io.asyncore");
        blocked.start();
        try (CapturedLog quiet = new CapturedLog()) {
            logger.addAppender(blocked);
            begin(server, "log");
            server.close(SHORT);
            assertThat(server.isRunning()).isFalse();
            release.countDown();
            Await.until("the line, after all", () -> quiet.lines().toString().contains("is left behind"));
            server.join();
        } finally {
            logger.detachAppender(blocked);
        }
    }

    @Test
    void whatItsHandlersOffloadedIsInterruptedAllTheSame() throws Exception {
        Server server = start(Stubborn::new);
        begin(server, "offload");
        begin(server, "deaf");
        try (CapturedLog quiet = new CapturedLog()) {
            server.close(SHORT);
            Await.until("the line", () -> !quiet.throwables().isEmpty());
        }
        Await.until("the interrupt", () -> events.contains("offload interrupted"));
    }

    /** Ready in the same turn, and behind a handler that closes the server. */
    @Test
    void whoWasReadyButNotServedYetIsCut() throws Exception {
        CompletableFuture<Server> closing = new CompletableFuture<>();
        Server server = start(() -> new Stubborn() {
            @Override
            protected void handleLine(String line) throws Exception {
                super.handleLine(line);
                if (line.equals("close")) {
                    closing.join().close();
                }
            }
        });
        closing.complete(server);
        for (int i = 0; i < 4; i++) {
            clients.add(new Client(server.port()));
            assertThat(clients.get(i).ask("hello")).isEqualTo("hello");
        }
        begin(server, "wait");
        for (Client client : clients.subList(0, 4)) {
            client.say("close");
        }
        release.countDown();
        server.join();
        assertThat(events).filteredOn("close"::equals).hasSize(1);
        assertThat(events).filteredOn("close SHUTDOWN"::equals).hasSize(5);
    }

    @Test
    void withoutStragglersItIsOverAtOnce() throws Exception {
        Server server = start(Stubborn::new);
        assertThat(errorsAt(() -> server.close(Duration.ofDays(1_000_000)))).isEmpty();
        assertThat(LiveThreads.named("asyncore-")).isEmpty();
    }

    @Test
    void noTimeAtAllIsRefused() throws Exception {
        try (Server server = start(Stubborn::new)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.close(Duration.ZERO))
                    .withMessage("the time to close a server must be longer than zero, not PT0S");
            assertThat(server.isRunning()).isTrue();
        }
    }
}

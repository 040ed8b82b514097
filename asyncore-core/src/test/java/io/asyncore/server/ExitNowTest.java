package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.ExitNow;
import io.asyncore.cpython.CapturedLog;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code ExitNow}, wherever a handler throws it, is an immediate shutdown of the server. */
class ExitNowTest {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private OpenDescriptors before;

    private enum Place {
        FACTORY,
        CONNECT,
        LINE,
        ERROR,
        CLOSE,
        TASK,
        TIMER
    }

    /** Leaves at one place, when it is told to by a line or by the place itself. */
    private static final class Leaving extends EchoLines {
        private final Place place;

        Leaving(Place place, BlockingQueue<String> events) {
            super(events);
            this.place = place;
        }

        private void leaveIf(Place here) {
            if (place == here) {
                throw new ExitNow("from " + here);
            }
        }

        @Override
        protected void handleConnect() throws Exception {
            super.handleConnect();
            leaveIf(Place.CONNECT);
        }

        @Override
        protected void handleLine(String line) throws Exception {
            switch (place) {
                case LINE -> leaveIf(Place.LINE);
                case TASK -> map().loop().execute(() -> leaveIf(Place.TASK));
                case TIMER -> callLater(Duration.ZERO, () -> leaveIf(Place.TIMER));
                default -> throw new IOException("expected by the test");
            }
        }

        @Override
        protected void handleError(Throwable error) throws Exception {
            leaveIf(Place.ERROR);
            super.handleError(error);
        }

        @Override
        protected void handleClose() throws Exception {
            super.handleClose();
            leaveIf(Place.CLOSE);
        }
    }

    @BeforeEach
    void look() throws IOException {
        before = OpenDescriptors.now();
    }

    /** In the log, as nobody else hears of it; escaped, as a peer may have had a hand in it. */
    @Test
    @ResourceLock("log of io.asyncore")
    void whatItSaysIsLogged() throws Exception {
        assertThat(loggedOf(new ExitNow("good\nnight")))
                .contains("INFO the loop on thread 'asyncore-default' was left by ExitNow: good\\nnight");
        assertThat(loggedOf(new ExitNow())).contains("INFO the loop on thread 'asyncore-default' was left by ExitNow");
    }

    private List<String> loggedOf(ExitNow leaving) throws Exception {
        try (CapturedLog log = new CapturedLog();
                Server server =
                        Server.builder().handler(() -> new EchoLines(events)).start()) {
            server.loop().execute(() -> {
                throw leaving;
            });
            server.join();
            return log.lines();
        }
    }

    @ParameterizedTest
    @EnumSource
    @ResourceLock("log of io.asyncore")
    void endsTheServer(Place place) throws Exception {
        int[] made = {0};
        DispatcherFactory factory = () -> {
            if (made[0]++ == 0) {
                return new EchoLines(events);
            }
            if (place == Place.FACTORY) {
                throw new ExitNow("from the factory");
            }
            return new Leaving(place, events);
        };
        try (CapturedLog log = new CapturedLog();
                Server server = Server.builder()
                        .name("exit-now")
                        .address(InetAddress.getLoopbackAddress())
                        .handler(factory)
                        .start();
                Client witness = new Client(server.port())) {
            assertThat(witness.ask("hello")).isEqualTo("hello");
            try (Client leaving = new Client(server.port())) {
                leaving.say("go");
                server.join();
                assertThat(leaving.hear()).isNull();
                assertThat(witness.hear()).isNull();
            }
            assertThat(server.isRunning()).isFalse();
            assertThat(server.loop().map().isEmpty()).isTrue();
            assertThat(log.lines())
                    .containsOnlyOnce(
                            "WARN server 'exit-now' has ended, and its connections with it, although nobody closed"
                                    + " it: its loop 0 was left by ExitNow, or told to stop()")
                    .filteredOn(line ->
                            line.startsWith("INFO the loop on thread 'asyncore-exit-now' was left by ExitNow: from "))
                    .hasSize(1);
        }
        int connected = place == Place.FACTORY ? 1 : 2;
        assertThat(events).filteredOn("connect"::equals).hasSize(connected);
        assertThat(events).filteredOn(event -> event.startsWith("close")).hasSize(connected);
        assertThat(events).contains("close " + CloseReason.SHUTDOWN);
        before.assertNothingLeft();
        assertThat(LiveThreads.named("asyncore-exit-now")).isEmpty();
    }
}

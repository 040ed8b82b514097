package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.cpython.CapturedLog;
import io.asyncore.transport.TransportProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Who is charged with the loop's time, and what is called slow; on a clock that only callbacks move. */
class ActivityTest {

    private final AtomicLong clock = new AtomicLong(12_345);
    private final EventLoop loop = new EventLoop(new ChannelMap(), TransportProvider.nio(), clock::get);
    private final LoopCounters counters = new LoopCounters();
    private final List<SlowCallback> slow = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    ActivityTest() {
        loop.addListener(counters);
        loop.addListener(new LoopListener() {
            @Override
            public void onCallback(LoopEvent event, @Nullable Dispatcher channel, long nanos) {
                if (nanos > 0) {
                    told.add(event + " " + TimeUnit.NANOSECONDS.toMillis(nanos));
                }
            }

            @Override
            public void onSlowCallback(SlowCallback report) {
                slow.add(report);
            }
        });
    }

    private void work(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void turn() {
        loop.poll(Duration.ZERO);
    }

    @Test
    void aTaskThatTakesTheThresholdIsSlow() {
        loop.execute(() -> work(99));
        turn();
        assertThat(slow).isEmpty();
        loop.execute(() -> work(100));
        turn();
        assertThat(slow).hasSize(1);
        assertThat(slow.get(0).event()).isEqualTo(LoopEvent.TASK);
        assertThat(slow.get(0).channel()).isNull();
        assertThat(slow.get(0).nanos()).isEqualTo(100_000_000);
        assertThat(slow.get(0).stack()).as("nobody looked").isEmpty();
        assertThat(counters.slowCallbacks()).isEqualTo(1);
        assertThat(counters.count(LoopEvent.TASK)).isEqualTo(2);
        assertThat(counters.callbackNanos(LoopEvent.TASK)).isEqualTo(199_000_000);
    }

    @Test
    void theThresholdCanBeChosen() {
        loop.setSlowCallbackThreshold(Duration.ofMillis(5));
        loop.execute(() -> work(5));
        turn();
        assertThat(slow).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> loop.setSlowCallbackThreshold(Duration.ZERO));
    }

    /** Its nanoseconds are more than a long can count: it stands for as long as that can. */
    @Test
    void nothingIsSlowForAThresholdThatNoClockReaches() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        loop.setSlowCallbackThreshold(forEver);
        loop.execute(() -> {
            work(TimeUnit.DAYS.toMillis(100 * 365));
            assertThat(loop.busyNanos()).isEqualTo(TimeUnit.DAYS.toNanos(100 * 365));
            assertThat(loop.sampleCallback(forEver)).isNull();
        });
        turn();
        assertThat(slow).isEmpty();
        assertThat(counters.callbackNanos(LoopEvent.TASK)).isEqualTo(TimeUnit.DAYS.toNanos(100 * 365));
    }

    @Test
    void timePassedOutsideOfAnyPollIsNobodys() {
        work(1_000);
        loop.execute(() -> work(1));
        work(1_000);
        turn();
        work(1_000);
        loop.callLater(Duration.ZERO, () -> work(2));
        turn();
        assertThat(slow).isEmpty();
        assertThat(told).containsExactly("TASK 1", "TIMER 2");
    }

    @Test
    void aPollWithinACallbackIsNotItsTime() {
        loop.execute(() -> {
            work(60);
            loop.execute(() -> work(70));
            turn();
            work(80);
        });
        turn();
        assertThat(told).containsExactly("TASK 70", "TASK 140");
        assertThat(slow)
                .as("nothing ran for 100 ms without others being served")
                .isEmpty();
    }

    @Test
    void aCallbackThatIsSlowAroundAPollIsReported() {
        loop.execute(() -> {
            turn();
            work(100);
            turn();
        });
        turn();
        assertThat(slow).hasSize(1);
    }

    /** Everything that a channel does, each with a time of its own. */
    private final class Busy extends DispatcherWithSend {

        Busy(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleConnect() {
            work(1);
        }

        @Override
        protected void handleRead() throws Exception {
            work(2);
            if (recv().hasRemaining()) {
                throw new IllegalStateException("expected by the test");
            }
        }

        @Override
        protected void handleError(Throwable error) {
            work(4);
        }

        @Override
        protected void handleEof() throws Exception {
            work(8);
            super.handleEof();
        }

        @Override
        protected void handleClose() {
            work(16);
        }
    }

    @Test
    void eachCallbackIsTimedForItself() throws Exception {
        try (Connection<Busy> connection = new Connection<>(loop.map(), Busy::new)) {
            connection.peer.getOutputStream().write('x');
            connection.pollUntil(() -> told.contains("READ 2"));
            connection.peer.shutdownOutput();
            connection.pollUntil(connection.channel::isClosed);
        }
        assertThat(told).containsExactly("CONNECT 1", "ERROR 4", "READ 2", "EOF 8", "CLOSE 16", "READ 2");
        assertThat(counters.closed(CloseReason.PEER)).isEqualTo(1);
        assertThat(counters.busyNanos()).isBetween(1_000_000L, 33_000_000L);
    }

    @Test
    void predicatesAreTimedTogether() throws Exception {
        Dispatcher asked = new Dispatcher(loop.map()) {
            @Override
            protected boolean readable() {
                work(150);
                return false;
            }
        };
        try (Connection<Dispatcher> connection = new Connection<>(loop.map(), unused -> asked)) {
            slow.clear();
            turn();
            assertThat(slow).hasSize(1);
            assertThat(slow.get(0).event()).isEqualTo(LoopEvent.INTEREST);
            assertThat(slow.get(0).channel()).isSameAs(connection.channel);
        }
    }

    @Test
    void theLagIsWhatLiesBetweenTwoWaits() {
        loop.callLater(Duration.ZERO, () -> work(7));
        turn();
        assertThat(loop.lagNanos()).as("before the first wait").isZero();
        work(1_000);
        loop.execute(() -> work(3));
        turn();
        assertThat(loop.lagNanos()).isEqualTo(10_000_000);
        turn();
        assertThat(loop.lagNanos()).isZero();
        assertThat(counters.busyNanos()).isEqualTo(10_000_000);
    }

    @Test
    @ResourceLock("log of io.asyncore")
    void onlyOneInTenSecondsIsLoggedButAllAreTold() {
        Runnable task = () -> work(200);
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 60; i++) {
                loop.execute(task);
                turn();
            }
            assertThat(slow).hasSize(60);
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0))
                    .startsWith("WARN slow callback: 200 ms in a task of "
                            + getClass().getName());
            assertThat(log.lines().get(1)).endsWith("(49 more like it were not logged)");
        }
    }

    private static final class Failing extends Dispatcher {
        Failing(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleRead() throws Exception {
            byte[] said = recv(100);
            throw new IllegalStateException("cannot parse " + new String(said, StandardCharsets.UTF_8));
        }
    }

    private void failOnce() throws IOException {
        try (Connection<Failing> connection = new Connection<>(loop.map(), Failing::new)) {
            connection.peer.getOutputStream().write("1\n\u001B[31mFATAL".getBytes(StandardCharsets.UTF_8));
            connection.pollUntil(connection.channel::isClosed);
            assertThat(connection.channel.closeReason()).isEqualTo(CloseReason.ERROR);
        }
    }

    @Test
    @ResourceLock("log of io.asyncore")
    void whatHandlersThrowIsLoggedWithItsStackAndNotTooOften() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 15; i++) {
                failOnce();
            }
            assertThat(errors(log)).hasSize(10);
            work(10_000);
            failOnce();
            assertThat(errors(log)).hasSize(11).allMatch(line -> line.startsWith("ERROR error, closing <"));
            assertThat(errors(log).get(0))
                    .endsWith("java.lang.IllegalStateException: cannot parse 1\\n\\u001B[31mFATAL");
            assertThat(errors(log).get(10)).endsWith("FATAL (5 more like it were not logged)");
            assertThat(log.throwables()).hasSize(11);
            assertThat(log.throwables().get(0))
                    .contains("cannot parse 1\\n\\u001B[31mFATAL")
                    .contains("ActivityTest$Failing.handleRead");
        }
    }

    private static List<String> errors(CapturedLog log) {
        return log.lines().stream().filter(line -> line.startsWith("ERROR")).toList();
    }
}

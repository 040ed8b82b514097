package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.EventLoop;
import io.asyncore.LoopEvent;
import io.asyncore.LoopListener;
import io.asyncore.SlowCallback;
import io.asyncore.cpython.CapturedLog;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A thread that watches real loops, whose callbacks really do not return. */
@Timeout(60)
@ResourceLock("log of io.asyncore")
class WatchdogTest {

    private static final Duration SLOW = Duration.ofMillis(10);
    private static final Duration STUCK = Duration.ofMillis(30);

    /** Its nanoseconds are more than a long can count. */
    private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

    private final EventLoop loop = new EventLoop(new ChannelMap());
    private final List<SlowCallback> reports = new CopyOnWriteArrayList<>();
    private final CapturedLog log = new CapturedLog();
    private final Watchdog watchdog = new Watchdog("watched", List.of(loop), SLOW, STUCK);
    private final CountDownLatch release = new CountDownLatch(1);
    private Thread thread = new Thread(() -> {});

    @BeforeEach
    void start() {
        loop.setSlowCallbackThreshold(SLOW);
        loop.addListener(new LoopListener() {
            @Override
            public void onSlowCallback(SlowCallback report) {
                reports.add(report);
            }
        });
        thread = loop.start(body -> new Thread(body, "watched-loop"));
        watchdog.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        release.countDown();
        watchdog.close();
        loop.stop();
        thread.join(20_000);
        log.close();
        assertThat(LiveThreads.named("asyncore-watched-watchdog")).isEmpty();
        assertThat(thread.isAlive()).isFalse();
    }

    private void stallsHere() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isLogged(String part) {
        return log.lines().stream().anyMatch(line -> line.contains(part));
    }

    private static boolean namesTheCulprit(SlowCallback report) {
        return report.stack().stream().anyMatch(frame -> frame.getMethodName().equals("stallsHere"));
    }

    @RepeatedTest(3)
    void aStuckLoopIsReportedOnceWhileItIsStuckAndWhenItGoesOn() throws Exception {
        loop.execute(this::stallsHere);
        Await.until("the report", () -> isLogged("ERROR a loop of server 'watched' is stuck and serves nobody: "));
        assertThat(log.throwables()).hasSize(1);
        assertThat(log.throwables().get(0)).contains("WatchdogTest.stallsHere");
        assertThat(loop.busyNanos()).isGreaterThanOrEqualTo(STUCK.toNanos());
        assertThat(reports).as("it still runs").isEmpty();

        release.countDown();
        Await.until("the recovery", () -> isLogged("a loop of server 'watched' goes on after it was stuck in a task"));
        Await.until("the loop's own report", () -> !reports.isEmpty());
        assertThat(reports.get(0).event()).isEqualTo(LoopEvent.TASK);
        assertThat(reports.get(0).nanos()).isGreaterThanOrEqualTo(STUCK.toNanos());
        assertThat(reports.get(0).stack()).as("taken meanwhile").matches(unused -> namesTheCulprit(reports.get(0)));
        assertThat(log.lines()).filteredOn(line -> line.contains("is stuck")).hasSize(1);
    }

    private void pollsHere() {
        while (release.getCount() > 0) {
            loop.poll(Duration.ofSeconds(30));
        }
    }

    /** It waits, within a callback. */
    private boolean waitsWithin() {
        List<String> calls = Arrays.stream(thread.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
        return calls.contains("select") && calls.contains("pollsHere");
    }

    @Test
    void aPollWithinACallbackIsNoStall() throws Exception {
        loop.execute(this::pollsHere);
        Await.until("the wait", this::waitsWithin);
        assertThat(loop.busyNanos()).isZero();
        assertThat(loop.sampleCallback(Duration.ZERO)).isNull();
        loop.execute(release::countDown);
        assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aWaitingLoopIsNotBusy() throws Exception {
        Await.until("waiting", () -> thread.getStackTrace().length > 0 && loop.busyNanos() == 0);
        assertThat(loop.sampleCallback(Duration.ZERO)).isNull();
    }

    @Test
    void aLoopThatNobodyWatchesReportsWithoutStack() throws Exception {
        watchdog.close();
        loop.execute(this::stallsHere);
        Await.until("busy for long", () -> loop.busyNanos() >= SLOW.toNanos());
        release.countDown();
        Await.until("the report", () -> !reports.isEmpty());
        assertThat(reports.get(0).stack()).isEmpty();
    }

    /** However long a callback may take before it is slow: its loop is stuck all the same. */
    @Test
    void whereNothingIsSlowALoopCanStillBeStuck() throws Exception {
        watchdog.close();
        loop.execute(() -> loop.setSlowCallbackThreshold(FOR_EVER));
        Watchdog patient = new Watchdog("patient", List.of(loop), FOR_EVER, STUCK);
        patient.start();
        try {
            loop.execute(this::stallsHere);
            Await.until("the report", () -> isLogged("a loop of server 'patient' is stuck and serves nobody: "));
            release.countDown();
            Await.until("the recovery", () -> isLogged("a loop of server 'patient' goes on after it was stuck"));
        } finally {
            patient.close();
        }
        Await.until("the end of the callback", () -> loop.busyNanos() == 0);
        assertThat(reports).as("slow callbacks").isEmpty();
    }

    @Test
    void whoLooksFromAnotherThreadSeesWhatRuns() throws Exception {
        loop.execute(this::stallsHere);
        Await.until("it runs", () -> loop.busyNanos() > 0);
        SlowCallback seen = loop.sampleCallback(Duration.ZERO);
        assertThat(seen).isNotNull();
        assertThat(seen.event()).isEqualTo(LoopEvent.TASK);
        assertThat(seen.handler().getName()).contains("WatchdogTest");
    }
}

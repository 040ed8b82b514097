package io.asyncore.benchmarks.parts;

import io.asyncore.ChannelMap;
import io.asyncore.EventLoop;
import io.asyncore.LoopTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Timers while others are armed, due at all sorts of times. The clock is the benchmark's own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TimerBenchmark {

    private static final int CALLS = 1000;
    private static final Duration STEP = Duration.ofMillis(1);

    /** Timers that are armed all the time. */
    @Param({"0", "1000", "50000"})
    private int armed = 0;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<LoopTimer> others = new ArrayList<>();
    private long now;
    private int fired;
    private EventLoop loop = loop();

    private EventLoop loop() {
        return new EventLoop(new ChannelMap(), new Wire(), () -> now);
    }

    /** Arms them. */
    @Setup
    public void arm() {
        loop = loop();
        others.clear();
        for (int i = 0; i < armed; i++) {
            others.add(loop.callLater(later(), () -> {}));
        }
    }

    private Duration later() {
        return Duration.ofMillis(random.nextInt(1_000_000, 2_000_000_000));
    }

    /** One more, and away with it. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void addAndCancel() {
        for (int i = 0; i < CALLS; i++) {
            loop.callLater(later(), () -> {}).cancel();
        }
    }

    /** Putting off one that is armed. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void reset() {
        for (int i = 0; i < CALLS && armed > 0; i++) {
            others.get(random.nextInt(armed)).reset();
        }
    }

    /** A turn in which one that was added for it is due. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int fire() {
        for (int i = 0; i < CALLS; i++) {
            loop.callLater(STEP, () -> fired++);
            now += STEP.toNanos();
            loop.poll(Duration.ZERO);
            now -= STEP.toNanos();
        }
        return fired;
    }

    /** A turn in which none is due. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void noneDue() {
        for (int i = 0; i < CALLS; i++) {
            loop.poll(Duration.ZERO);
        }
    }
}

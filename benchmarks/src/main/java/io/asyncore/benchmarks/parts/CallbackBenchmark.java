package io.asyncore.benchmarks.parts;

import io.asyncore.ChannelMap;
import io.asyncore.EventLoop;
import io.asyncore.LoopCounters;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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

/**
 * What a loop adds to the work of a callback: the guard, its timing and its counting. A thousand empty tasks in one turn,
 * on the real clock and on one that costs nothing, with counters and without; time per task.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CallbackBenchmark {
    private static final int TASKS = 1_000;

    /** Does a reading of the clock cost what it costs? */
    @Param({"true", "false"})
    public boolean realClock;

    /** Are callbacks counted? */
    @Param({"true", "false"})
    public boolean counters;

    private long ran;
    private EventLoop loop = new EventLoop(new ChannelMap());

    /** Makes the loop. */
    @Setup
    public void make() {
        LongSupplier clock = realClock ? System::nanoTime : () -> 0;
        loop = new EventLoop(new ChannelMap(), new Wire(), clock);
        if (counters) {
            loop.addListener(new LoopCounters());
        }
    }

    /** Hands the tasks in and runs them. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public long tasks() {
        Runnable task = this::run;
        for (int i = 0; i < TASKS; i++) {
            loop.execute(task);
        }
        loop.poll(Duration.ZERO);
        return ran;
    }

    private void run() {
        ran++;
    }
}

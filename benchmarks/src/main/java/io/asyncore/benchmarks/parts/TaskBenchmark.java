package io.asyncore.benchmarks.parts;

import io.asyncore.ChannelMap;
import io.asyncore.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Tasks handed to a loop, and run in its next turn; without a second thread, so that nobody has to be woken. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TaskBenchmark {

    private static final int TASKS = 1000;

    private final EventLoop loop = new EventLoop(new ChannelMap(), new Wire(), System::nanoTime);
    private int ran;

    /** Time per task. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public int execute() {
        for (int i = 0; i < TASKS; i++) {
            loop.execute(() -> ran++);
        }
        loop.poll(Duration.ZERO);
        return ran;
    }
}

package io.asyncore.benchmarks.parts;

import io.asyncore.DispatcherWithSend;
import io.asyncore.server.DispatcherFactory;
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

/** What idle channels cost a turn in which 16 others are served: nothing, or, as in Python, being asked what they wait for. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InterestBenchmark {

    private static final int BUSY = 16;
    private static final int TURNS = 20;

    /** Idle channels. */
    @Param({"10", "1000", "10000"})
    private int channels = 10;

    private Bench tracked = new Bench();
    private Bench askedEachTurn = new Bench();

    /** Two loops. */
    @Setup
    public void connect() throws Exception {
        tracked = bench(Tracked::new);
        askedEachTurn = bench(Asked::new);
    }

    private Bench bench(DispatcherFactory idle) throws Exception {
        Bench bench = new Bench();
        bench.idle(channels, idle);
        bench.busy(BUSY, Tracked::new, new byte[64]);
        return bench;
    }

    /** Time per turn; a channel is asked only after something happened to it. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void tracked() {
        tracked.turns(TURNS);
    }

    /** Time per turn; the idle channels are of a class that overrides {@code writable()}. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void askedEachTurn() {
        askedEachTurn.turns(TURNS);
    }

    private static class Tracked extends DispatcherWithSend {
        @Override
        protected void handleRead() throws Exception {
            send(recv());
        }
    }

    private static final class Asked extends Tracked {
        @Override
        protected boolean writable() {
            return outBufferSize() > 0;
        }
    }
}

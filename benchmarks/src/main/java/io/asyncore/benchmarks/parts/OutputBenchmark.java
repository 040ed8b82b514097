package io.asyncore.benchmarks.parts;

import io.asyncore.DispatcherWithSend;
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

/** The way out: what a handler sends in one callback is queued and written when the callback returns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OutputBenchmark {

    private static final int TURNS = 100;

    /** How often the handler sends in one callback. */
    @Param({"1", "16", "256"})
    private int pieces = 1;

    /** Bytes of each. */
    @Param({"100", "4096"})
    private int size = 100;

    private Bench takesAll = new Bench();
    private Bench takesHalf = new Bench();

    /** Two loops of one channel each. */
    @Setup
    public void connect() {
        takesAll = new Bench();
        takesAll.busy(new Sender(pieces, size), takesAll.wire.stream(new byte[1]));
        takesHalf = new Bench();
        int half = Math.max(1, pieces * size / 2);
        takesHalf.busy(
                new Sender(pieces, size), takesHalf.wire.stream(new byte[1]).taking(half));
    }

    /** Time per callback; the transport takes everything at once. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void takesAll() {
        takesAll.turns(TURNS);
    }

    /** Time per turn; the transport takes half of it, the rest after the next wait. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void takesHalf() {
        takesHalf.turns(TURNS);
    }

    private static final class Sender extends DispatcherWithSend {

        private final int pieces;
        private final byte[] piece;

        Sender(int pieces, int size) {
            this.pieces = pieces;
            piece = new byte[size];
        }

        @Override
        protected void handleRead() throws Exception {
            recv();
            for (int i = outBufferSize() > 0 ? pieces : 0; i < pieces; i++) {
                send(piece);
            }
        }
    }
}

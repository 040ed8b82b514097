package io.asyncore.benchmarks.parts;

import io.asyncore.benchmarks.servers.AsyncoreServer;
import io.asyncore.benchmarks.servers.Protocol;
import java.nio.ByteBuffer;
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

/**
 * A message from the poller through the loop, its handler and the output queue to the transport, for 16 channels that are ready
 * in every turn. With {@code -prof gc} it also shows what a message allocates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DispatchBenchmark {

    private static final int CHANNELS = 16;
    private static final int TURNS = 100;

    /** What the channels speak. */
    @Param({"ECHO", "LINE", "FRAMES", "PREFIXED"})
    private Protocol protocol = Protocol.ECHO;

    /** Messages that one read brings. */
    @Param({"1", "16"})
    private int depth = 1;

    /** Bytes of a message on the wire. */
    @Param("64")
    private int size = 64;

    private Bench bench = new Bench();

    /** Sixteen channels, each with its messages. */
    @Setup
    public void connect() throws Exception {
        ByteBuffer input = ByteBuffer.allocate(depth * size);
        for (int i = 0; i < depth; i++) {
            protocol.append(input, size, i);
        }
        bench = new Bench();
        bench.busy(CHANNELS, AsyncoreServer.handler(protocol), input.array());
    }

    /** Time per read: divide by the depth for the time per message. */
    @Benchmark
    @OperationsPerInvocation(CHANNELS * TURNS)
    public void reads() {
        bench.turns(TURNS);
    }
}

package io.asyncore.benchmarks.parts;

import io.asyncore.ChannelGroup;
import io.asyncore.DispatcherWithSend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * One message of 100 bytes to many channels: as a group, and to one after the other. Without the system calls of the
 * writes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GroupBenchmark {

    private static final int TURNS = 20;

    /** Who hears it. */
    @Param({"10", "1000"})
    private int members = 10;

    private Bench group = new Bench();
    private Bench oneByOne = new Bench();

    /** Two loops with the same members. */
    @Setup
    public void connect() throws Exception {
        ChannelGroup room = new ChannelGroup();
        group = bench(room::add, room::send);
        List<DispatcherWithSend> all = new ArrayList<>();
        oneByOne = bench(all::add, message -> all.forEach(member -> member.send(message)));
    }

    private Bench bench(Consumer<DispatcherWithSend> join, Consumer<byte[]> send) throws Exception {
        Bench bench = new Bench();
        bench.idle(members, () -> {
            DispatcherWithSend member = new DispatcherWithSend();
            join.accept(member);
            return member;
        });
        bench.busy(new Speaker(send), bench.wire.stream(new byte[100]));
        return bench;
    }

    /** Time per message. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void group() {
        group.turns(TURNS);
    }

    /** Time per message. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void oneByOne() {
        oneByOne.turns(TURNS);
    }

    private static final class Speaker extends DispatcherWithSend {

        private final Consumer<byte[]> send;
        private final byte[] message = new byte[100];

        Speaker(Consumer<byte[]> send) {
            this.send = send;
        }

        @Override
        protected void handleRead() throws Exception {
            recv().get(message);
            send.accept(message);
        }
    }
}

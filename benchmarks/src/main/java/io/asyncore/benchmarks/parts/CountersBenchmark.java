package io.asyncore.benchmarks.parts;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.LoopCounters;
import io.asyncore.LoopEvent;
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

/** What counting costs: an echoed message is one event and two amounts of bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CountersBenchmark {

    private static final int MESSAGES = 1000;

    private final LoopCounters counters = new LoopCounters();
    private final Dispatcher channel = new Dispatcher(new ChannelMap());

    /** Time per message. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long count() {
        for (int i = 0; i < MESSAGES; i++) {
            counters.onEvent(LoopEvent.READ, channel);
            counters.onBytesIn(channel, 64);
            counters.onBytesOut(channel, 64);
        }
        return counters.bytesIn();
    }
}

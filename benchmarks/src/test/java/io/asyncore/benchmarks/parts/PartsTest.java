package io.asyncore.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.DispatcherWithSend;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class PartsTest {

    /** Every benchmark once, in this JVM: do they still run? */
    @Test
    void everyBenchmarkRuns() throws Exception {
        var options = new OptionsBuilder()
                .include("io\\.asyncore\\.benchmarks\\.parts\\..*")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        assertThat(new Runner(options).run()).hasSizeGreaterThan(20);
    }

    @Test
    void whatTheWireCarriesIsServed() throws Exception {
        Bench bench = new Bench();
        Counting channel = new Counting();
        bench.busy(channel, bench.wire.stream(new byte[64]));
        bench.turns(10);
        assertThat(channel.read).isGreaterThanOrEqualTo(9 * 64);
        assertThat(channel.outBufferSize()).isZero();
    }

    @Test
    void aFullWireIsWrittenInTheNextTurn() throws Exception {
        Bench bench = new Bench();
        Counting channel = new Counting();
        bench.busy(channel, bench.wire.stream(new byte[64]).taking(40));
        bench.turns(3);
        assertThat(channel.outBufferSize()).isPositive();
    }

    private static final class Counting extends DispatcherWithSend {

        private int read;

        @Override
        protected void handleRead() throws Exception {
            var data = recv();
            read += data.remaining();
            send(data);
        }
    }
}

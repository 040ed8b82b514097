package io.asyncore.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyTest {

    @Test
    void knowsShares() {
        Latency latency = new Latency();
        assertThat(latency.micros(0.5)).isZero();
        for (int i = 1; i <= 1000; i++) {
            latency.add(i * 1000L);
        }
        assertThat(latency.micros(0.5)).isCloseTo(500, within(10.0));
        assertThat(latency.micros(0.99)).isCloseTo(990, within(20.0));
        assertThat(latency.micros(1)).isCloseTo(1000, within(20.0));
    }

    @Test
    void takesWhateverComes() {
        for (long nanos : new long[] {-1, 0, 1, 63, 64, 127, 128, 255, 256, 1L << 40, Long.MAX_VALUE}) {
            Latency latency = new Latency();
            latency.add(nanos);
            double expected = Math.max(0, nanos) / 1000.0;
            assertThat(latency.micros(0.5)).isBetween(expected * 0.98, expected);
        }
    }
}

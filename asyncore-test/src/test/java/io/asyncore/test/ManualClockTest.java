package io.asyncore.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualClockTest {

    @Test
    void movesWhenItIsMoved() {
        ManualClock clock = new ManualClock();
        assertThat(clock.getAsLong()).isZero();
        clock.advance(Duration.ofSeconds(2));
        clock.advance(Duration.ZERO);
        assertThat(clock.getAsLong()).isEqualTo(2_000_000_000L);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void neverGoesBack() {
        ManualClock clock = new ManualClock(100);
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        clock.moveTo(50);
        assertThat(clock.getAsLong()).isEqualTo(100);
    }

    @Test
    void mayOverflow() {
        ManualClock clock = new ManualClock(Long.MAX_VALUE - 5);
        clock.advance(Duration.ofNanos(10));
        assertThat(clock.getAsLong()).isNegative();
        assertThat(clock.elapsed()).isEqualTo(Duration.ofNanos(10));
        clock.moveTo(clock.getAsLong() + 1);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofNanos(11));
    }
}

package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final RateLimit limit = new RateLimit(2, 100);

    @Test
    void whatIsHeldBackIsCountedWithTheNextThatIsNot() {
        assertThat(limit.admit("a", 0)).isZero();
        assertThat(limit.admit("a", 1)).isZero();
        assertThat(limit.admit("a", 2)).isNegative();
        assertThat(limit.admit("a", 99)).isNegative();
        assertThat(limit.admit("a", 100)).isEqualTo(2);
        assertThat(limit.admit("a", 101)).isZero();
        assertThat(limit.admit("a", 102)).isNegative();
    }

    @Test
    void eachKindHasItsOwn() {
        limit.admit("a", 0);
        limit.admit("a", 0);
        assertThat(limit.admit("a", 0)).isNegative();
        assertThat(limit.admit("b", 0)).isZero();
    }

    @Test
    void theClockMayOverflow() {
        limit.admit("a", Long.MAX_VALUE);
        limit.admit("a", Long.MAX_VALUE);
        assertThat(limit.admit("a", Long.MIN_VALUE)).isNegative();
        assertThat(limit.admit("a", Long.MIN_VALUE + 99)).isEqualTo(1);
    }
}

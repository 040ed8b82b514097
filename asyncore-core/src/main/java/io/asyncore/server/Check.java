package io.asyncore.server;

import java.time.Duration;

/** What options have in common when they are checked: the message names option, rule and value. */
final class Check {

    private Check() {}

    static void require(boolean holds, String option, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(option + " " + rule + ", but is " + value);
        }
    }

    static void positive(String option, Duration value) {
        require(!value.isNegative() && !value.isZero(), option, value, "must be longer than zero");
    }

    static void atLeast(int least, String option, int value) {
        require(value >= least, option, value, "must be at least " + least);
    }
}

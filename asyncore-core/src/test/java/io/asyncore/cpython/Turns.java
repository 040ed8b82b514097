package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Turns a loop on the test's thread until something has happened, with a deadline. */
final class Turns {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final Duration WAIT = Duration.ofMillis(10);

    private Turns() {}

    /** Runs single turns of {@link Asyncore#loop} until the condition holds; that it never does fails the test. */
    static void until(String what, ChannelMap map, boolean usePoll, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(map.isEmpty())
                    .as("every channel is closed, yet not: " + what)
                    .isFalse();
            assertThat(System.nanoTime() - start)
                    .as("waited too long for: " + what)
                    .isLessThan(PATIENCE);
            Asyncore.loop(WAIT, usePoll, map, 1);
        }
    }

    /** Runs a number of turns that have nothing particular to wait for: to show that something does not happen. */
    static void some(ChannelMap map, boolean usePoll) {
        Asyncore.loop(WAIT, usePoll, map, 10);
    }
}

package io.asyncore.descriptors;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits, with a deadline that fails the test. */
public final class Await {

    /** The deadline of everything that a test waits for. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration TURN = Duration.ofMillis(20);

    private Await() {}

    /** Something that will be true. */
    @FunctionalInterface
    public interface Condition {
        /** Is it? */
        boolean holds() throws Exception;
    }

    /** Waits for what other threads or processes do without telling: looks again every millisecond. */
    public static void until(String what, Condition condition) throws Exception {
        await(what, condition, () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)));
    }

    /** Turns the loop of a map on this thread until the condition holds. */
    public static void turning(ChannelMap map, String what, Condition condition) throws Exception {
        await(what, condition, () -> Asyncore.poll(TURN, map));
    }

    private static void await(String what, Condition condition, Runnable meanwhile) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            meanwhile.run();
        }
    }
}

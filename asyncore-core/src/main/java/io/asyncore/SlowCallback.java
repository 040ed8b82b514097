package io.asyncore;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A callback that has held its loop up, or still does: nothing else was served meanwhile. Immutable.
 *
 * @param event what kind of callback it is
 * @param channel whose callback it is; null for a task or timer of the loop
 * @param handler the class of the channel, or of the task
 * @param since when it began, or went on after a poll or callback within it, by the loop's clock
 * @param nanos for how long it ran since then, or has been running, in nanoseconds
 * @param stack what the loop's thread did while it was held up, innermost call first; empty if nobody looked
 */
public record SlowCallback(
        LoopEvent event,
        @Nullable Dispatcher channel,
        Class<?> handler,
        long since,
        long nanos,
        List<StackTraceElement> stack) {

    public SlowCallback {
        stack = List.copyOf(stack);
    }

    /** The stack in the shape that logs print; null if it is empty. */
    public @Nullable Throwable trace() {
        return stack.isEmpty() ? null : new StackSample(stack);
    }

    /** For a log: how long, in which callback, of whom. */
    @Override
    public String toString() {
        String who = channel == null ? handler.getName() : channel + " (channel " + channel.id() + ")";
        return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms in " + event.callback() + " of " + who;
    }
}

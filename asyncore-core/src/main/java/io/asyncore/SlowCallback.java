package io.asyncore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A callback that held its loop up, or still does: nothing else was served meanwhile. Immutable.
 *
 * @param event what kind of callback it is
 * @param channel whose callback it is; null for a task or timer of the loop
 * @param handler the class of the channel, or of the task
 * @param nanos for how long it ran, or has been running, in nanoseconds
 * @param stack what the loop's thread did while it was held up, innermost call first; empty if nobody looked
 */
public record SlowCallback(
        LoopEvent event, @Nullable Dispatcher channel, Class<?> handler, long nanos, List<StackTraceElement> stack) {

    public SlowCallback {
        stack = List.copyOf(stack);
    }
}

package io.asyncore;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where the channels of a loop have their off-loop work done, and how much of it is under way. */
final class OffLoop {

    /** Readable from any thread. */
    final AtomicInteger underWay = new AtomicInteger();

    private @Nullable Executor chosen;

    void choose(Executor executor) {
        chosen = executor;
    }

    Executor executor() {
        return chosen != null ? chosen : SharedExecutor.get();
    }
}

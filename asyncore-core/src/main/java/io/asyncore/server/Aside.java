package io.asyncore.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Does, at the end of a server, what may block for ever, such as writing to a log that nobody reads. Any thread. */
final class Aside {

    private static final int PATIENCE_MILLIS = 200;

    private Aside() {}

    /** Each on a daemon thread; returns when both are done, or take too long. */
    static void run(Runnable one, Runnable other) {
        CompletableFuture.runAsync(one, Aside::start)
                .runAfterBoth(CompletableFuture.runAsync(other, Aside::start), () -> {})
                .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "asyncore-aside");
        thread.setDaemon(true);
        thread.start();
    }
}

package io.asyncore.server;

import io.asyncore.Escaped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does, at the end of a server, what may block for ever, such as writing to a log that nobody reads. Any thread. */
final class Aside {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private static final int PATIENCE_MILLIS = 200;

    private Aside() {}

    /** Each on a daemon thread; returns when both are done, or take too long. */
    static void run(Runnable one, Runnable other) {
        begin(one)
                .runAfterBoth(begin(other), () -> {})
                .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static CompletableFuture<Void> begin(Runnable work) {
        return CompletableFuture.runAsync(() -> runGuarded(work), Aside::start);
    }

    private static void runGuarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            log.warn("something has failed at the end of a server", Escaped.throwable(e));
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "asyncore-aside");
        thread.setDaemon(true);
        thread.start();
    }
}

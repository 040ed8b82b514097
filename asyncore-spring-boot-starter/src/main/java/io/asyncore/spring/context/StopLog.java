package io.asyncore.spring.context;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how the application's servers stop, which a log that takes nothing must not hinder. Any thread. */
final class StopLog {

    private static final Logger log = LoggerFactory.getLogger(ManagedServers.class);

    private static final int PATIENCE_MILLIS = 200;

    private StopLog() {}

    /** Returns when the line is written, or that takes too long. */
    static void info(String line, Object... parts) {
        String caller = Thread.currentThread().getName(); // which belongs in the log
        CompletableFuture.runAsync(() -> log.info(line, parts), work -> start(work, caller))
                .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}

package io.asyncore.spring.context;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how the application's servers stop, which a log that takes nothing must not hinder. Any thread. */
final class StopLog {

    private static final Logger log = LoggerFactory.getLogger(ManagedServers.class);

    private static final int PATIENCE_MILLIS = 200;

    /** True, as futures of nothing have no value to give. */
    private static CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);

    private StopLog() {}

    /** Returns when the line is written; at once if an earlier one is not, and soon in any case. */
    static void info(String line, Object... parts) {
        String caller = Thread.currentThread().getName(); // which belongs in the log
        append(() -> log.info(line, parts), caller)
                .completeOnTimeout(true, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static synchronized CompletableFuture<Boolean> append(Runnable line, String caller) {
        boolean writable = last.isDone();
        last = last.handleAsync((done, failed) -> write(line), work -> start(work, caller));
        return writable ? last.handle((done, failed) -> true) : CompletableFuture.completedFuture(true);
    }

    private static boolean write(Runnable line) {
        line.run();
        return true;
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}

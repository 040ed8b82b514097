package io.asyncore.server;

import io.asyncore.WorkThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a server for what its loops must not do themselves: made when they are first needed, and gone when the server
 * is. Any thread.
 */
final class Workers implements Executor, LoopGroup.Companion {

    /** Who is idle ends at once, and who works is interrupted; who does not care about that is not waited for. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final int MOST_TLS_THREADS = 4;
    private static final int MOST_TLS_TASKS = 4096;

    private final Supplier<ExecutorService> maker;
    private @Nullable ExecutorService threads;
    private boolean closed;

    private Workers(Supplier<ExecutorService> maker) {
        this.maker = maker;
    }

    /** For what handlers offload. */
    static Workers forOffloads(String server) {
        return new Workers(() -> WorkThreads.forOffloads("asyncore-" + server + "-offload-"));
    }

    /** For key exchange, signatures and certificates: as many as there are processors, but at most four. */
    static Workers forTls(String server) {
        return new Workers(() -> WorkThreads.pool(
                "asyncore-" + server + "-tls-",
                Math.min(MOST_TLS_THREADS, Runtime.getRuntime().availableProcessors()),
                MOST_TLS_TASKS,
                "tasks of TLS handshakes",
                "more clients come than this machine can shake hands with; lower limits.handshakes"));
    }

    @Override
    public void execute(Runnable work) {
        threads().execute(work);
    }

    private synchronized ExecutorService threads() {
        if (closed) {
            throw new RejectedExecutionException("the server has ended, and its threads with it");
        }
        if (threads == null) {
            threads = maker.get();
        }
        return threads;
    }

    @Override
    public void close() {
        ExecutorService ending = end();
        if (ending == null) {
            return;
        }
        ending.shutdownNow();
        try {
            ending.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable ExecutorService end() {
        closed = true;
        return threads;
    }
}

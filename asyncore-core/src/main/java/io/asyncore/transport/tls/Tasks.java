package io.asyncore.transport.tls;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The work that an engine will not do on the loop's thread: key exchange, signatures, looking at certificates. While it is
 * under way nobody may ask the engine anything, as it would make the asker wait for the work's end.
 */
final class Tasks {

    private final Executor executor;
    private volatile boolean underWay;
    private volatile boolean done;
    private volatile @Nullable Throwable failure;
    private volatile Runnable whenDone = () -> {};

    Tasks(Executor executor) {
        this.executor = executor;
    }

    /** Called on whatever thread ended the work. */
    void whenDone(Runnable hook) {
        whenDone = hook;
    }

    boolean areUnderWay() {
        return underWay;
    }

    /** Has the work ended since {@link #takeDone()} was last called? */
    boolean areDone() {
        return done;
    }

    /**
     * The end of the work has been noticed.
     *
     * @throws SSLException if it failed in a way that the engine does not know of
     */
    void takeDone() throws SSLException {
        done = false;
        Throwable thrown = failure;
        if (thrown != null) {
            throw new SSLException("a task of the TLS handshake failed: " + thrown, thrown);
        }
    }

    /** Hands the engine's tasks to the executor. */
    void start(SSLEngine engine) throws SSLException {
        Runnable first = engine.getDelegatedTask();
        if (first == null) {
            throw new SSLException("the TLS engine waits for a task that it does not have");
        }
        underWay = true;
        try {
            executor.execute(() -> run(engine, first));
        } catch (RejectedExecutionException e) {
            underWay = false;
            throw new SSLException("the executor for TLS tasks is full or has been shut down", e);
        }
    }

    private void run(SSLEngine engine, Runnable first) {
        try {
            for (Runnable task = first; task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        } catch (Throwable t) {
            failure = t;
        }
        done = true;
        underWay = false;
        whenDone.run();
    }
}

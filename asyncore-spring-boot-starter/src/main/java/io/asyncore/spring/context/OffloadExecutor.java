package io.asyncore.spring.context;

import io.asyncore.spring.AsyncoreExecutorProvider;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Runs the blocking work of all handlers: on a virtual thread each if the application wants those ({@code
 * spring.threads.virtual.enabled}), else on at most 64 threads, for which 10,000 pieces of work may wait. Any thread.
 *
 * <p>It is shut down after the servers, whose handlers use it until they have ended.
 */
public final class OffloadExecutor implements AsyncoreExecutorProvider, DisposableBean {

    private static final String NAME = "asyncore-offload-";
    private static final int THREADS = 64;
    private static final int WAITING = 10_000;

    private final Executor executor;
    private final Runnable shutdown;

    /** @param virtual whether the application wants virtual threads */
    public OffloadExecutor(boolean virtual) {
        if (virtual) {
            SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor(NAME);
            threads.setVirtualThreads(true);
            executor = threads;
            shutdown = threads::close;
        } else {
            ThreadPoolExecutor pool = pool();
            executor = pool;
            shutdown = pool::shutdownNow;
        }
    }

    private static ThreadPoolExecutor pool() {
        AtomicInteger made = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, NAME + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        pool.setRejectedExecutionHandler((work, full) -> {
            throw new RejectedExecutionException(
                    full.isShutdown()
                            ? "the application has stopped"
                            : WAITING + " pieces of off-loop work wait for " + THREADS
                                    + " threads: the work is too slow"
                                    + " for what arrives; an AsyncoreExecutorProvider bean brings another executor");
        });
        return pool;
    }

    @Override
    public Executor getExecutor() {
        return executor;
    }

    @Override
    public void destroy() {
        shutdown.run();
    }
}

package io.asyncore;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the off-loop work of everybody who has not chosen an executor: on a virtual thread each where the JDK has them
 * (from 21 on), else on a bounded pool of daemon threads. Made when it is first needed. Any thread.
 */
final class SharedExecutor {

    static final int POOL_THREADS = 64;
    static final int POOL_QUEUE = 10_000;

    private static final String NAME = "asyncore-offload-";

    private SharedExecutor() {}

    private static final class Holder {
        static final Executor EXECUTOR = make();

        private static Executor make() {
            Executor virtual = virtualThreads();
            return virtual != null ? virtual : pool();
        }
    }

    static Executor get() {
        return Holder.EXECUTOR;
    }

    /** By reflection, as this is compiled for a release that has none; null where it runs on one. */
    static @Nullable Executor virtualThreads() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            type.getMethod("name", String.class, long.class).invoke(builder, NAME, 0L);
            ThreadFactory threads = (ThreadFactory) type.getMethod("factory").invoke(builder);
            return work -> threads.newThread(work).start();
        } catch (ReflectiveOperationException before21) {
            return null;
        }
    }

    static Executor pool() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                POOL_THREADS, POOL_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(POOL_QUEUE), work -> {
                    Thread thread = new Thread(work, NAME + number.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        pool.setRejectedExecutionHandler((work, full) -> {
            throw new RejectedExecutionException(POOL_QUEUE + " pieces of off-loop work wait for " + POOL_THREADS
                    + " threads: the work is too slow for what arrives; EventLoop.setOffloadExecutor(...) takes another"
                    + " executor");
        });
        return pool;
    }
}

package io.asyncore;

import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes executors for what a loop's thread must not do. All their threads are daemons. Any thread. */
public final class WorkThreads {

    static final int POOL_THREADS = 64;
    static final int POOL_QUEUE = 10_000;

    private static final int IDLE_SECONDS = 10;

    private WorkThreads() {}

    /**
     * For {@linkplain Dispatcher#offload off-loop work}, which may block: a virtual thread for each piece of it where the JDK
     * has them (from 21 on), else 64 threads, for which at most 10,000 pieces wait.
     *
     * @param name that of the threads, a number follows
     */
    public static ExecutorService forOffloads(String name) {
        ExecutorService virtual = virtualThreads(name);
        return virtual != null ? virtual : offloadPool(name);
    }

    /** By reflection, as this is compiled for a release that has none; null where it runs on one. */
    static @Nullable ExecutorService virtualThreads(String name) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            type.getMethod("name", String.class, long.class).invoke(builder, name, 0L);
            ThreadFactory threads = (ThreadFactory) type.getMethod("factory").invoke(builder);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, threads);
        } catch (NoSuchMethodException | ClassNotFoundException before21) {
            return null;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("this JDK has virtual threads, but gives none", e);
        }
    }

    static ExecutorService offloadPool(String name) {
        return pool(
                name,
                POOL_THREADS,
                POOL_QUEUE,
                "pieces of off-loop work",
                "the work is too slow for what arrives; EventLoop.setOffloadExecutor(...) takes another executor");
    }

    /**
     * A pool whose threads end when they were idle for ten seconds.
     *
     * @param name that of the threads, a number follows
     * @param threads how many there are at most
     * @param queue how many tasks may wait for them
     * @param tasks what the tasks are, for the exception that says that the queue is full
     * @param remedy what it means, and what to do
     */
    public static ExecutorService pool(String name, int threads, int queue, String tasks, String remedy) {
        Pool pool = new Pool(name, threads, queue);
        pool.setRejectedExecutionHandler((work, executor) -> {
            throw new RejectedExecutionException(
                    executor.isShutdown()
                            ? "the threads for " + tasks + " have been shut down"
                            : queue + " " + tasks + " wait for " + threads + " threads: " + remedy);
        });
        return pool;
    }

    /** Whose end is that of its threads: others call a pool terminated while the last of them is still on its way out. */
    private static final class Pool extends ThreadPoolExecutor {

        private final Set<Thread> made = ConcurrentHashMap.newKeySet();
        private final AtomicInteger number = new AtomicInteger();

        Pool(String name, int threads, int queue) {
            super(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(queue));
            setThreadFactory(work -> thread(work, name + number.getAndIncrement()));
            allowCoreThreadTimeOut(true);
        }

        private Thread thread(Runnable work, String name) {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            made.removeIf(former -> former.getState() == Thread.State.TERMINATED);
            made.add(thread);
            return thread;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            boolean terminated = super.awaitTermination(timeout, unit);
            if (terminated) {
                for (Thread thread : made) {
                    thread.join(Math.max(1, unit.toMillis(timeout)));
                }
            }
            return terminated;
        }
    }
}

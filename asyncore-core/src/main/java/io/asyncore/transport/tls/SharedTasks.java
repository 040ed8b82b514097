package io.asyncore.transport.tls;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of {@link TlsEngines#sharedTasks()}. Any thread. */
final class SharedTasks {

    private static final int MOST_THREADS = 4;
    private static final int MOST_WAITING = 4096;
    private static final long IDLE_SECONDS = 10;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private SharedTasks() {}

    static Executor executor() {
        return Holder.POOL;
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body, "asyncore-tls-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Made at the first use. */
    private static final class Holder {

        static final ThreadPoolExecutor POOL = pool();

        private static ThreadPoolExecutor pool() {
            int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    threads,
                    threads,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(MOST_WAITING),
                    SharedTasks::thread);
            pool.allowCoreThreadTimeOut(true);
            return pool;
        }
    }
}

package io.asyncore.server;

import io.asyncore.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The loops of a server and their threads: started and ended together. Any thread.
 *
 * <p>Loops that a test turns itself have no threads: they end in their next turn after they were told to.
 */
final class LoopGroup {

    private final List<EventLoop> loops;
    private final boolean stepped;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** Per loop: connections that are on their way to it and that its map does not hold yet. */
    private final AtomicIntegerArray underWay;

    private final Set<EventLoop> alive = ConcurrentHashMap.newKeySet();
    private final List<Companion> companions = new CopyOnWriteArrayList<>();

    /** A latch, as a future loads thirty classes when a server starts. */
    private final CountDownLatch ended = new CountDownLatch(1);

    private final List<CompletableFuture<Void>> told = new CopyOnWriteArrayList<>();
    private volatile boolean ending;
    private volatile @Nullable Throwable failure;

    /** What is there for the loops and ends with them. */
    interface Companion extends AutoCloseable {
        @Override
        void close();
    }

    /** @param stepped somebody else turns the loops */
    LoopGroup(List<EventLoop> loops, boolean stepped) {
        this.loops = loops;
        this.stepped = stepped;
        underWay = new AtomicIntegerArray(loops.size());
        alive.addAll(loops);
    }

    List<EventLoop> all() {
        return loops;
    }

    /** Where the server listens. */
    EventLoop first() {
        return loops.get(0);
    }

    // ---- which loop takes the next connection ----

    /** The index of the loop with the fewest channels. */
    int choose() {
        int best = 0;
        for (int i = 1; i < loops.size(); i++) {
            if (load(i) < load(best)) {
                best = i;
            }
        }
        return best;
    }

    /** A connection is on its way to this loop; {@link #arrived} must follow. */
    void sent(int index) {
        underWay.incrementAndGet(index);
    }

    private int load(int index) {
        return loops.get(index).map().size() + underWay.get(index);
    }

    EventLoop get(int index) {
        return loops.get(index);
    }

    /** A connection that was on its way to this loop is there, or gone. */
    void arrived(int index) {
        underWay.decrementAndGet(index);
    }

    // ---- life ----

    /** Starts a thread for each loop; if one cannot be had, none is left. */
    void start(ThreadFactory factory) {
        try {
            for (EventLoop loop : loops) {
                threads.add(loop.start(body -> factory.newThread(() -> run(loop, body))));
            }
        } catch (RuntimeException | Error e) {
            stop();
            joinUninterruptibly();
            throw e;
        }
    }

    /** One loop that ends, by ExitNow or a failure perhaps, ends all. */
    private void run(EventLoop loop, Runnable body) {
        try {
            body.run();
        } catch (RuntimeException | Error e) {
            failure = e; // which the loop has logged
        } finally {
            stop();
            ended(loop);
        }
    }

    /** What has made a loop end that nobody stopped; the last one if there are several. */
    @Nullable Throwable failure() {
        return failure;
    }

    private void ended(EventLoop loop) {
        if (alive.remove(loop) && alive.isEmpty()) {
            companions.forEach(Companion::close);
            ended.countDown();
            told.forEach(future -> future.complete(null));
        }
    }

    /** Ends all loops, each after its current callback. */
    void stop() {
        ending = true;
        for (EventLoop loop : loops) {
            if (!stepped) {
                loop.stop();
            } else if (alive.contains(loop)) {
                loop.execute(() -> {
                    loop.shutDown();
                    ended(loop);
                });
            }
        }
    }

    /** Was it told to stop? Then some of the loops may be gone. */
    boolean isEnding() {
        return ending;
    }

    /** Closes it when all loops have ended, on the thread of the last one. */
    void atTheEnd(Companion companion) {
        companions.add(companion);
    }

    /** Completes when all loops have ended, on the thread of the last one. */
    CompletableFuture<Void> ended() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        told.add(future);
        if (haveEnded()) {
            future.complete(null);
        }
        return future;
    }

    private boolean haveEnded() {
        return ended.getCount() == 0;
    }

    boolean isStepped() {
        return stepped;
    }

    boolean isRunning() {
        return stepped ? !haveEnded() : threads.stream().anyMatch(Thread::isAlive);
    }

    /** Is this the thread of one of the loops? */
    boolean contains(Thread thread) {
        return threads.contains(thread);
    }

    /** Waits for the end of the threads. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Waits, however often the waiting thread is interrupted meanwhile. */
    void joinUninterruptibly() {
        boolean interrupted = false;
        while (isRunning()) {
            try {
                join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if the time was over before that. */
    boolean awaitEnd(Duration time) {
        try {
            boolean over = ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
            if (over) {
                joinUninterruptibly();
            }
            return over;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** For a handler that does not return. */
    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    boolean areDaemons() {
        return threads.stream().allMatch(Thread::isDaemon);
    }
}

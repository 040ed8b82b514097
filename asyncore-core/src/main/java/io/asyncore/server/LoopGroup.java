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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loops of a server and their threads: started and ended together. Any thread.
 *
 * <p>Loops that a test turns itself have no threads: they end in their next turn after they were told to.
 */
final class LoopGroup {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(50);

    private final String server;
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
    private final AtomicBoolean leftBehind = new AtomicBoolean();
    private volatile boolean ending;
    private volatile @Nullable Throwable failure;

    /** What is there for the loops and ends with them. */
    interface Companion extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param server its name
     * @param stepped somebody else turns the loops
     */
    LoopGroup(String server, List<EventLoop> loops, boolean stepped) {
        this.server = server;
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

    /** Starts a thread for each loop; if one cannot be had, the others end. */
    void start(ThreadFactory factory) {
        try {
            for (EventLoop loop : loops) {
                threads.add(loop.start(body -> factory.newThread(() -> run(loop, body))));
            }
        } catch (RuntimeException | Error e) {
            stop();
            awaitEnd(Server.LONGEST_CLOSE);
            throw e;
        }
    }

    /** One loop that ends, by ExitNow or a failure perhaps, ends all. */
    private void run(EventLoop loop, Runnable body) {
        boolean unasked = true;
        try {
            body.run();
            unasked = !ending;
        } catch (RuntimeException | Error e) {
            failure = e; // which the loop has logged
        } finally {
            stop();
            ended(loop);
        }
        if (unasked) {
            sayWhy(loop);
        }
    }

    private void sayWhy(EventLoop loop) {
        if (failure == null) {
            log.warn(
                    "server '{}' has ended, and its connections with it, although nobody closed it: its loop {} was left by"
                            + " ExitNow, or told to stop()",
                    server,
                    loops.indexOf(loop));
        } else {
            log.error(
                    "server '{}' has ended, and its connections with it: its loop {} has failed",
                    server,
                    loops.indexOf(loop));
        }
    }

    /** What has made a loop end that nobody stopped; the last one if there are several. */
    @Nullable Throwable failure() {
        return failure;
    }

    private void ended(EventLoop loop) {
        if (alive.remove(loop) && alive.isEmpty()) {
            closeCompanions();
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
        return stepped ? !haveEnded() : !leftBehind.get() && threads.stream().anyMatch(Thread::isAlive);
    }

    /** The thread of the loop with this index; null if it has none or has ended. */
    @Nullable Thread thread(int index) {
        return index < threads.size() && threads.get(index).isAlive() ? threads.get(index) : null;
    }

    /** Is this the thread of one of the loops? */
    boolean contains(Thread thread) {
        return threads.contains(thread);
    }

    /** Waits for the end of the threads, but for those that are left behind. */
    void join() throws InterruptedException {
        if (stepped) {
            return; // whoever waits may be the one that turns them
        }
        ended.await();
        for (Thread thread : threads) {
            if (!leftBehind.get()) {
                thread.join();
            }
        }
    }

    /**
     * Waits until the threads have ended or are left behind, however often the waiting one is interrupted meanwhile; false if
     * the time was over before that. Of loops with threads.
     */
    boolean awaitEnd(Duration time) {
        LongSupplier clock = first().clock();
        long end = clock.getAsLong() + TimeUnit.NANOSECONDS.convert(time);
        boolean interrupted = false;
        for (long left = end - clock.getAsLong(); left > 0 && isRunning(); left = end - clock.getAsLong()) {
            try {
                joinFor(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !isRunning();
    }

    /** The first that has not ended, and not for long: somebody else may leave it behind. */
    private void joinFor(long nanos) throws InterruptedException {
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.min(nanos, LOOK_AGAIN));
                return;
            }
        }
    }

    /** From now on nobody waits for loops that have not ended. False if so it was before. */
    boolean leaveBehind() {
        boolean first = leftBehind.compareAndSet(false, true);
        ended.countDown();
        return first;
    }

    void closeCompanions() {
        companions.forEach(Companion::close);
    }

    boolean areDaemons() {
        return threads.stream().allMatch(Thread::isDaemon);
    }
}

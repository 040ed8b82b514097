package io.asyncore.server;

import io.asyncore.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * One shutdown in progress. Made and begun on any thread; then the loops stop accepting, tell their channels, and are
 * stopped when all connections have ended or their time is over. The result is told when the server has ended, whatever
 * brought that about.
 */
final class Drain {

    /** After so long a full task queue may have room. */
    private static final Duration AGAIN = Duration.ofMillis(1);

    /** So long after the grace even a handler that does not return is waited for no longer. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** As good as for ever, and no sum of times overflows. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final LoopGroup loops;
    private final Reception reception;
    private final Runnable stopAccepting;
    private final Duration grace;
    private final long endedBefore;
    private final long cutBefore;

    Drain(LoopGroup loops, Reception reception, Runnable stopAccepting, Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative, but is " + grace);
        }
        this.loops = loops;
        this.reception = reception;
        this.stopAccepting = stopAccepting;
        this.grace = grace.compareTo(LONGEST) < 0 ? grace : LONGEST;
        endedBefore = reception.connections().ended();
        cutBefore = reception.connections().cut();
    }

    /** @param starter starts a thread, for whoever must wait */
    CompletableFuture<DrainResult> begin(ThreadStarter starter) {
        long end = now() + grace.plus(PATIENCE).toNanos();
        boolean taken = handIn();
        if (loops.isStepped()) {
            return loops.ended().thenApply(unused -> result());
        }
        CompletableFuture<DrainResult> done = new CompletableFuture<>();
        starter.start("drain", () -> {
            if (!taken) {
                handInWhenThereIsRoom(end);
            }
            awaitEnd(Duration.ofNanos(end - now()));
            done.complete(result());
        });
        return done;
    }

    /** Starts threads of the server's kind. */
    @FunctionalInterface
    interface ThreadStarter {
        void start(String purpose, Runnable body);
    }

    /** False if the task queue is full, or the server ends anyway. */
    private boolean handIn() {
        try {
            loops.first().execute(this::stopAccepting);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void handInWhenThereIsRoom(long end) {
        while (loops.isRunning() && now() - end < 0 && !handIn()) {
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    private long now() {
        return loops.first().clock().getAsLong();
    }

    private void awaitEnd(Duration time) {
        if (!loops.awaitEnd(time)) {
            loops.stop();
            loops.interrupt(); // a handler does not return
        }
    }

    /** Who is still there when nobody waits any longer will be cut. */
    private DrainResult result() {
        Connections connections = reception.connections();
        return new DrainResult(
                Math.toIntExact(connections.ended() - endedBefore),
                Math.toIntExact(connections.cut() - cutBefore) + connections.size());
    }

    /** On the first loop. */
    private void stopAccepting() {
        loops.first().callLater(grace, loops::stop);
        stopAccepting.run();
        reception.whenIdle(loops::stop);
        loops.all().forEach(this::tellChannels);
        if (reception.isIdle()) {
            loops.stop();
        }
    }

    /** Its task queue may be full. */
    private void tellChannels(EventLoop loop) {
        try {
            loop.execute(() -> loop.drain(grace));
        } catch (RejectedExecutionException full) {
            loops.first().callLater(AGAIN, () -> tellChannels(loop));
        }
    }
}

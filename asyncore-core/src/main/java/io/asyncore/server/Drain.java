package io.asyncore.server;

import io.asyncore.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * One shutdown in progress. Made and begun on any thread; then the first loop stops accepting, all tell their channels, and are
 * stopped when all connections have ended or their time is over. The result is told when the server has ended, whatever
 * brought that about.
 */
final class Drain {

    /** After so long a full task queue may have room. */
    private static final Duration AGAIN = Duration.ofMillis(1);

    /** So long after the grace the result is told even if a handler does not return. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** As good as for ever, and no sum of times overflows. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final LoopGroup loops;
    private final Stragglers stragglers;
    private final Reception reception;
    private final Runnable stopAccepting;
    private final long end;
    private final long endedBefore;
    private final long cutBefore;

    Drain(LoopGroup loops, Stragglers stragglers, Reception reception, Runnable stopAccepting, Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative, but is " + grace);
        }
        this.loops = loops;
        this.stragglers = stragglers;
        this.reception = reception;
        this.stopAccepting = stopAccepting;
        end = now() + (grace.compareTo(LONGEST) < 0 ? grace : LONGEST).toNanos();
        endedBefore = reception.connections().ended();
        cutBefore = reception.connections().cut();
    }

    /** @param starter starts a thread, for whoever must wait */
    CompletableFuture<DrainResult> begin(ThreadStarter starter) {
        List<EventLoop> untold = tell(loops.all());
        if (loops.isStepped()) {
            return loops.ended().thenApply(unused -> result());
        }
        CompletableFuture<DrainResult> done = new CompletableFuture<>();
        starter.start("drain", () -> {
            tellWhenThereIsRoom(untold);
            boolean ended = loops.awaitEnd(timeLeft().plus(PATIENCE));
            loops.stop();
            done.complete(result());
            if (!ended) {
                stragglers.await(Duration.ZERO, Server.LONGEST_CLOSE);
            }
        });
        return done;
    }

    /** Starts threads of the server's kind. */
    @FunctionalInterface
    interface ThreadStarter {
        void start(String purpose, Runnable body);
    }

    /** Each of them directly, as another one may be stuck. Returns those whose task queue is full, or which end anyway. */
    private List<EventLoop> tell(List<EventLoop> some) {
        List<EventLoop> untold = new ArrayList<>();
        for (EventLoop loop : some) {
            try {
                loop.execute(() -> begin(loop));
            } catch (RejectedExecutionException e) {
                untold.add(loop);
            }
        }
        return untold;
    }

    private void tellWhenThereIsRoom(List<EventLoop> some) {
        List<EventLoop> untold = some;
        while (!untold.isEmpty() && loops.isRunning() && !timeLeft().isZero()) {
            LockSupport.parkNanos(AGAIN.toNanos());
            untold = tell(untold);
        }
    }

    /** On that loop. */
    private void begin(EventLoop loop) {
        loop.callLater(timeLeft(), loops::stop);
        loop.drain(timeLeft());
        if (loop == loops.first()) {
            stopAccepting.run();
            reception.whenIdle(loops::stop);
            if (reception.isIdle()) {
                loops.stop();
            }
        }
    }

    private Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, end - now()));
    }

    private long now() {
        return loops.first().clock().getAsLong();
    }

    /** Who is still there when nobody waits any longer will be cut. */
    private DrainResult result() {
        Connections connections = reception.connections();
        return new DrainResult(
                Math.toIntExact(connections.ended() - endedBefore),
                Math.toIntExact(connections.cut() - cutBefore) + connections.size());
    }
}

package io.asyncore.server;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.EventLoop;
import io.asyncore.LoopListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * One shutdown in progress. Made and begun on any thread; then the loop's thread stops the loop when all connections have
 * ended or their time is over. The result is told when the server has ended, whatever brought that about.
 */
final class Drain implements LoopListener {

    /** After so long a full task queue may have room. */
    private static final Duration AGAIN = Duration.ofMillis(1);

    private final Server server;
    private final Acceptor acceptor;
    private final Duration grace;
    private final long endedBefore;
    private final long cutBefore;

    Drain(Server server, Acceptor acceptor, Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative, but is " + grace);
        }
        this.server = server;
        this.acceptor = acceptor;
        this.grace = grace;
        endedBefore = acceptor.ended();
        cutBefore = acceptor.cut();
    }

    CompletableFuture<DrainResult> begin() {
        CompletableFuture<DrainResult> done = new CompletableFuture<>();
        boolean taken = handIn();
        server.startThread("drain", () -> {
            if (!taken) {
                handInWhenThereIsRoom();
            }
            server.joinUninterruptibly();
            done.complete(result());
        });
        return done;
    }

    /** False if the task queue is full, or the server ends anyway. */
    private boolean handIn() {
        try {
            server.loop().execute(this::stopAccepting);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void handInWhenThereIsRoom() {
        while (server.isRunning() && !handIn()) {
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    private DrainResult result() {
        return new DrainResult(
                Math.toIntExact(acceptor.ended() - endedBefore), Math.toIntExact(acceptor.cut() - cutBefore));
    }

    private void stopAccepting() {
        EventLoop loop = server.loop();
        loop.callLater(grace, loop::stop);
        loop.addListener(this);
        acceptor.close();
        for (Dispatcher connection : acceptor.connections()) {
            if (connection instanceof DispatcherWithSend queueing) {
                closeWhenDone(queueing);
            }
        }
        stopIfEmpty();
    }

    /** The task queue may be full here too: the end of the output goes through it when other threads have sent some. */
    private void closeWhenDone(DispatcherWithSend connection) {
        try {
            connection.closeWhenDone();
        } catch (RejectedExecutionException full) {
            server.loop().callLater(AGAIN, () -> closeWhenDone(connection));
        }
    }

    @Override
    public void onClosed(Dispatcher channel, CloseReason reason) {
        stopIfEmpty();
    }

    private void stopIfEmpty() {
        if (acceptor.isIdle()) {
            server.loop().stop();
        }
    }
}

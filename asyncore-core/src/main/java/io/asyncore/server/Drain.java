package io.asyncore.server;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.EventLoop;
import io.asyncore.LoopListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * One shutdown in progress. Made and begun on any thread; then the loop's thread stops the loop when all connections have
 * ended or their time is over. The result is told when the server has ended, whatever brought that about.
 */
final class Drain implements LoopListener {

    private final Server server;
    private final Acceptor acceptor;
    private final Duration grace;
    private final long endedBefore;
    private final long cutBefore;
    private final Queue<DispatcherWithSend> toTell = new ArrayDeque<>();
    private boolean stopsWhenEmpty;

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

    /** The loop hears of it as a listener, because its task queue may be full. */
    CompletableFuture<DrainResult> begin() {
        CompletableFuture<DrainResult> done = new CompletableFuture<>();
        server.afterItsEnd(() -> done.complete(result()));
        server.loop().addListener(this);
        wakeup();
        return done;
    }

    private void wakeup() {
        try {
            server.loop().execute(() -> {});
        } catch (RejectedExecutionException fullOrStopped) {
            // it is awake then, or will not wait any more
        }
    }

    private DrainResult result() {
        return new DrainResult(
                Math.toIntExact(acceptor.ended() - endedBefore), Math.toIntExact(acceptor.cut() - cutBefore));
    }

    @Override
    public void onTurn(EventLoop loop) {
        if (!stopsWhenEmpty) {
            stopAccepting(loop);
        }
        tellConnections();
    }

    private void stopAccepting(EventLoop loop) {
        stopsWhenEmpty = true;
        loop.callLater(grace, loop::stop);
        acceptor.close();
        for (Dispatcher connection : acceptor.connections()) {
            if (connection instanceof DispatcherWithSend queueing) {
                toTell.add(queueing);
            }
        }
        stopIfEmpty();
    }

    private void tellConnections() {
        while (!toTell.isEmpty()) {
            DispatcherWithSend connection = toTell.remove();
            try {
                connection.closeWhenDone();
            } catch (RejectedExecutionException full) {
                toTell.add(connection);
                return; // until the next turn, which runs the tasks first
            }
        }
    }

    @Override
    public void onClosed(Dispatcher channel, CloseReason reason) {
        stopIfEmpty();
    }

    private void stopIfEmpty() {
        if (stopsWhenEmpty && acceptor.isIdle()) {
            server.loop().stop();
        }
    }
}

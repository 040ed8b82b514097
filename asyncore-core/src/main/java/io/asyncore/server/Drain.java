package io.asyncore.server;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.LoopListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** One shutdown in progress: on the loop's thread until all connections have ended or their time is over. */
final class Drain implements LoopListener {

    private final Server server;
    private final Acceptor acceptor;
    private final Duration grace;
    private final CompletableFuture<DrainResult> done = new CompletableFuture<>();
    private int atFirst;
    private boolean finished;

    Drain(Server server, Acceptor acceptor, Duration grace) {
        this.server = server;
        this.acceptor = acceptor;
        this.grace = grace;
    }

    CompletableFuture<DrainResult> begin() {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative, but is " + grace);
        }
        try {
            server.loop().execute(this::stopAccepting);
        } catch (RejectedExecutionException ended) {
            done.complete(new DrainResult(0, 0));
        }
        return done;
    }

    private void stopAccepting() {
        acceptor.close();
        List<Dispatcher> open = acceptor.connections();
        atFirst = open.size();
        server.loop().addListener(this);
        for (Dispatcher connection : open) {
            if (connection instanceof DispatcherWithSend queueing) {
                queueing.closeWhenDone();
            }
        }
        server.loop().callLater(grace, this::finish);
        finishIfEmpty();
    }

    @Override
    public void onClosed(Dispatcher channel, CloseReason reason) {
        finishIfEmpty();
    }

    private void finishIfEmpty() {
        if (acceptor.connections().isEmpty()) {
            finish();
        }
    }

    /** The future completes on a thread that may wait for the loop's to end, as the loop's own may not. */
    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        int forced = acceptor.connections().size();
        DrainResult result = new DrainResult(Math.max(0, atFirst - forced), forced);
        Runnable closeAndTell = () -> {
            server.close();
            done.complete(result);
        };
        new Thread(closeAndTell, "asyncore-drain").start();
    }
}

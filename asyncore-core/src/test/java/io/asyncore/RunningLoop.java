package io.asyncore;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A started loop for a test, stopped and joined at its end. */
final class RunningLoop implements AutoCloseable {

    final EventLoop loop = new EventLoop(new ChannelMap());
    final Thread thread = loop.start(body -> new Thread(body, "running-loop"));

    /** What a task returns that ran on the loop's thread. */
    <T> T call(Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thread.isAlive()) {
            throw new AssertionError("the loop does not stop");
        }
    }
}

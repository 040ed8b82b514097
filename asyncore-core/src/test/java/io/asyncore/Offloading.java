package io.asyncore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** A channel that has work done off the loop, and keeps what comes of it. */
class Offloading extends DispatcherWithSend {

    final List<String> events = new ArrayList<>();

    Offloading(ChannelMap map) {
        super(map);
    }

    /** From outside of any callback, as a task does. */
    void begin(Executor executor, Callable<String> work) {
        offload(executor, work, this::done);
    }

    private void done(String result) {
        events.add(result);
        send(result.getBytes(StandardCharsets.UTF_8));
    }

    <T> void beginWith(Executor executor, Callable<T> work, ResultHandler<T> done) {
        offload(executor, work, done);
    }

    void beginHandlingFailure(Executor executor, Callable<String> work) {
        offload(executor, work, this::done, failure -> events.add("failed: " + failure));
    }

    void beginHandlingFailure(Callable<String> work) {
        offload(work, this::done, failure -> events.add("failed: " + failure));
    }

    void beginOnTheLoopsExecutor(Callable<String> work) {
        offload(work, this::done);
    }

    @Override
    protected void handleRead() throws Exception {
        byte[] data = recv(100);
        if (data.length > 0) {
            events.add("read " + new String(data, StandardCharsets.UTF_8));
        }
    }

    @Override
    protected void handleError(Throwable error) {
        events.add("error: " + error);
    }

    @Override
    protected void handleClose() {
        events.add("close: " + closeReason());
    }
}

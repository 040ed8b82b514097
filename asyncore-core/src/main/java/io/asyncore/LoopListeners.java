package io.asyncore;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners of a loop as one; a listener that throws is logged and harms nobody. */
final class LoopListeners implements LoopListener {

    private static final Logger log = LoggerFactory.getLogger(LoopListener.class);

    private volatile LoopListener[] all = {};

    synchronized void add(LoopListener listener) {
        LoopListener[] more = java.util.Arrays.copyOf(all, all.length + 1);
        more[all.length] = listener;
        all = more;
    }

    private void each(Consumer<LoopListener> call) {
        for (LoopListener listener : all) {
            try {
                call.accept(listener);
            } catch (RuntimeException | LinkageError e) {
                log.warn("a loop listener failed: {}", listener, e);
            }
        }
    }

    @Override
    public void onEvent(LoopEvent event, Dispatcher channel) {
        if (all.length > 0) {
            each(listener -> listener.onEvent(event, channel));
        }
    }

    @Override
    public void onBytesIn(Dispatcher channel, int count) {
        if (all.length > 0) {
            each(listener -> listener.onBytesIn(channel, count));
        }
    }

    @Override
    public void onBytesOut(Dispatcher channel, int count) {
        if (all.length > 0) {
            each(listener -> listener.onBytesOut(channel, count));
        }
    }

    @Override
    public void onDropped(Dispatcher channel, long bytes) {
        each(listener -> listener.onDropped(channel, bytes));
    }

    @Override
    public void onClosed(Dispatcher channel, CloseReason reason) {
        each(listener -> listener.onClosed(channel, reason));
    }

    @Override
    public void onTurn(EventLoop loop) {
        if (all.length > 0) {
            each(listener -> listener.onTurn(loop));
        }
    }
}

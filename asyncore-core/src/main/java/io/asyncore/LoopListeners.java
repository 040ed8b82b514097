package io.asyncore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All listeners of a loop as one, told on the loop's thread; any thread adds. Whatever a listener throws, even an
 * {@link Error} or {@link ExitNow}, is logged and harms nobody. Each method has its own loop, so that telling an event
 * allocates nothing.
 */
final class LoopListeners implements LoopListener {

    private static final Logger log = LoggerFactory.getLogger(LoopListener.class);

    private volatile LoopListener[] all = {};

    synchronized void add(LoopListener listener) {
        LoopListener[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = listener;
        all = more;
    }

    private static void failed(LoopListener listener, Throwable t) {
        log.warn("a loop listener failed: {}", Escaped.of(listener), Escaped.throwable(t));
    }

    @Override
    public void onEvent(LoopEvent event, Dispatcher channel) {
        for (LoopListener listener : all) {
            try {
                listener.onEvent(event, channel);
            } catch (Throwable t) {
                failed(listener, t);
            }
        }
    }

    @Override
    public void onCallback(LoopEvent event, @Nullable Dispatcher channel, long nanos) {
        for (LoopListener listener : all) {
            try {
                listener.onCallback(event, channel, nanos);
            } catch (Throwable t) {
                failed(listener, t);
            }
        }
    }

    @Override
    public void onSlowCallback(SlowCallback report) {
        for (LoopListener listener : all) {
            try {
                listener.onSlowCallback(report);
            } catch (Throwable t) {
                failed(listener, t);
            }
        }
    }

    @Override
    public void onHandshake(Dispatcher channel, long nanos) {
        for (LoopListener listener : all) {
            try {
                listener.onHandshake(channel, nanos);
            } catch (Throwable t) {
                failed(listener, t);
            }
        }
    }

    @Override
    public void onBytesIn(Dispatcher channel, int count) {
        for (LoopListener listener : all) {
            try {
                listener.onBytesIn(channel, count);
            } catch (Throwable t) {
                failed(listener, t);
            }
        }
    }

    @Override
    public void onBytesOut(Dispatcher channel, int count) {
        for (LoopListener listener : all) {
            try {
                listener.onBytesOut(channel, count);
            } catch (Throwable t) {
                failed(listener, t);
            }
        }
    }

    @Override
    public void onDropped(Dispatcher channel, long bytes) {
        for (LoopListener listener : all) {
            try {
                listener.onDropped(channel, bytes);
            } catch (Throwable t) {
                failed(listener, t);
            }
        }
    }

    @Override
    public void onClosed(Dispatcher channel, CloseReason reason) {
        for (LoopListener listener : all) {
            try {
                listener.onClosed(channel, reason);
            } catch (Throwable t) {
                failed(listener, t);
            }
        }
    }

    @Override
    public void onTurn(EventLoop loop) {
        for (LoopListener listener : all) {
            try {
                listener.onTurn(loop);
            } catch (Throwable t) {
                failed(listener, t);
            }
        }
    }
}

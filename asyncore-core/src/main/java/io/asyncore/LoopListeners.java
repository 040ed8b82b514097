package io.asyncore;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All listeners of a loop as one, told on the loop's thread; any thread adds. Whatever a listener throws, even an
 * {@link Error} or {@link ExitNow}, is logged and harms nobody.
 *
 * <p>A chain: most loops have one listener, and telling one costs 4 % of an echo less than going through a list of one.
 */
final class LoopListeners implements LoopListener {

    private static final Logger log = LoggerFactory.getLogger(LoopListener.class);

    private static final Set<String> FREQUENT = Set.of("onEvent", "onCallback", "onBytesIn", "onBytesOut", "onTurn");
    private static final LoopListener NOBODY = new LoopListener() {};
    private static final int MOST = 10;
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier clock;
    private final RateLimit limit = new RateLimit(MOST, PERIOD);
    private volatile LoopListener first = NOBODY;
    private volatile @Nullable LoopListeners others;

    /** Those that want to know nothing that happens often, and so are not even called. */
    private volatile @Nullable LoopListeners rarely;

    LoopListeners(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized void add(LoopListener listener) {
        if (isForEvents(listener.getClass())) {
            append(listener);
            return;
        }
        if (rarely == null) {
            rarely = new LoopListeners(clock);
        }
        rarely.append(listener);
    }

    /** Would it do anything if it were told of what happens in every turn? */
    static boolean isForEvents(Class<? extends LoopListener> type) {
        for (Method method : type.getMethods()) {
            if (FREQUENT.contains(method.getName()) && method.getDeclaringClass() != LoopListener.class) {
                return true;
            }
        }
        return false;
    }

    private synchronized void append(LoopListener listener) {
        if (first == NOBODY) {
            first = listener;
            return;
        }
        if (others == null) {
            others = new LoopListeners(clock);
        }
        others.append(listener);
    }

    /** It may be told a million times in a second. */
    private void failed(LoopListener listener, Throwable t) {
        long heldBack = limit.admit(listener.getClass(), clock.getAsLong());
        if (heldBack >= 0) {
            log.warn(
                    "a loop listener failed: {}{}",
                    Escaped.of(listener),
                    RateLimit.more(heldBack),
                    Escaped.throwable(t));
        }
    }

    @Override
    public void onEvent(LoopEvent event, Dispatcher channel) {
        LoopListener listener = first;
        try {
            listener.onEvent(event, channel);
        } catch (Throwable t) {
            failed(listener, t);
        }
        LoopListeners more = others;
        if (more != null) {
            more.onEvent(event, channel);
        }
    }

    @Override
    public void onCallback(LoopEvent event, @Nullable Dispatcher channel, long nanos) {
        LoopListener listener = first;
        try {
            listener.onCallback(event, channel, nanos);
        } catch (Throwable t) {
            failed(listener, t);
        }
        LoopListeners more = others;
        if (more != null) {
            more.onCallback(event, channel, nanos);
        }
    }

    @Override
    public void onSlowCallback(SlowCallback report) {
        LoopListener listener = first;
        try {
            listener.onSlowCallback(report);
        } catch (Throwable t) {
            failed(listener, t);
        }
        LoopListeners more = others;
        if (more != null) {
            more.onSlowCallback(report);
        }
        LoopListeners rare = rarely;
        if (rare != null) {
            rare.onSlowCallback(report);
        }
    }

    @Override
    public void onHandshake(Dispatcher channel, long nanos) {
        LoopListener listener = first;
        try {
            listener.onHandshake(channel, nanos);
        } catch (Throwable t) {
            failed(listener, t);
        }
        LoopListeners more = others;
        if (more != null) {
            more.onHandshake(channel, nanos);
        }
        LoopListeners rare = rarely;
        if (rare != null) {
            rare.onHandshake(channel, nanos);
        }
    }

    @Override
    public void onBytesIn(Dispatcher channel, int count) {
        LoopListener listener = first;
        try {
            listener.onBytesIn(channel, count);
        } catch (Throwable t) {
            failed(listener, t);
        }
        LoopListeners more = others;
        if (more != null) {
            more.onBytesIn(channel, count);
        }
    }

    @Override
    public void onBytesOut(Dispatcher channel, int count) {
        LoopListener listener = first;
        try {
            listener.onBytesOut(channel, count);
        } catch (Throwable t) {
            failed(listener, t);
        }
        LoopListeners more = others;
        if (more != null) {
            more.onBytesOut(channel, count);
        }
    }

    @Override
    public void onDropped(Dispatcher channel, long bytes) {
        LoopListener listener = first;
        try {
            listener.onDropped(channel, bytes);
        } catch (Throwable t) {
            failed(listener, t);
        }
        LoopListeners more = others;
        if (more != null) {
            more.onDropped(channel, bytes);
        }
        LoopListeners rare = rarely;
        if (rare != null) {
            rare.onDropped(channel, bytes);
        }
    }

    @Override
    public void onClosed(Dispatcher channel, CloseReason reason) {
        LoopListener listener = first;
        try {
            listener.onClosed(channel, reason);
        } catch (Throwable t) {
            failed(listener, t);
        }
        LoopListeners more = others;
        if (more != null) {
            more.onClosed(channel, reason);
        }
        LoopListeners rare = rarely;
        if (rare != null) {
            rare.onClosed(channel, reason);
        }
    }

    @Override
    public void onTurn(EventLoop loop) {
        LoopListener listener = first;
        try {
            listener.onTurn(loop);
        } catch (Throwable t) {
            failed(listener, t);
        }
        LoopListeners more = others;
        if (more != null) {
            more.onTurn(loop);
        }
    }
}

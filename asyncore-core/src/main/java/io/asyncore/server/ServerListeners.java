package io.asyncore.server;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.Escaped;
import io.asyncore.LoopListener;
import io.asyncore.RateLimit;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of a server that want to know who comes in, as one. Whatever a listener throws is logged and harms nobody. */
final class ServerListeners implements ServerListener {

    private static final Logger log = LoggerFactory.getLogger(ServerListener.class);

    private static final int MOST = 10;
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(10);

    private final List<ServerListener> all;
    private final LongSupplier clock;
    private final RateLimit limit = new RateLimit(MOST, PERIOD);

    /** Those of a server's listeners that are more than loop listeners. */
    ServerListeners(List<? extends LoopListener> listeners, LongSupplier clock) {
        this.clock = clock;
        List<ServerListener> wanting = new ArrayList<>();
        for (LoopListener listener : listeners) {
            if (listener instanceof ServerListener server) {
                wanting.add(server);
            }
        }
        all = List.copyOf(wanting);
    }

    @Override
    public void onOpened(Dispatcher handler) {
        if (!all.isEmpty()) { // with nobody to tell, a start is a lambda shorter
            tell(listener -> listener.onOpened(handler));
        }
    }

    @Override
    public void onEnded(Dispatcher handler, CloseReason reason) {
        tell(listener -> listener.onEnded(handler, reason));
    }

    @Override
    public void onRejected(SocketAddress peer, RejectReason reason) {
        tell(listener -> listener.onRejected(peer, reason));
    }

    @Override
    public void onFull(RejectReason limit) {
        tell(listener -> listener.onFull(limit));
    }

    @Override
    public void onRoom(RejectReason limit) {
        tell(listener -> listener.onRoom(limit));
    }

    private void tell(Consumer<ServerListener> what) {
        for (ServerListener listener : all) {
            try {
                what.accept(listener);
            } catch (Throwable t) {
                failed(listener, t);
            }
        }
    }

    private void failed(ServerListener listener, Throwable t) {
        long heldBack = limit.admit(listener.getClass(), clock.getAsLong());
        if (heldBack >= 0) {
            log.warn(
                    "a server listener failed: {}{}",
                    Escaped.of(listener),
                    RateLimit.more(heldBack),
                    Escaped.throwable(t));
        }
    }
}

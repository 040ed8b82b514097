package io.asyncore.transport;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Selector}. What it finds is handed over before anything is called, so that callbacks may poll again; and handed
 * over as it is found, which leaves no garbage as the selector's set of keys does.
 */
final class NioPoller implements Poller, Consumer<SelectionKey> {

    private final Selector selector;
    private @Nullable ReadySink sink;
    private boolean closesPending;

    NioPoller() throws IOException {
        selector = Selector.open();
    }

    /** @param owner whom it concerns when something is found */
    void register(SelectableChannel channel, Object owner) throws IOException {
        if (channel.keyFor(selector) != null) {
            selector.selectNow(); // a cancelled key of an earlier watch is still there: let it go first
            selector.selectedKeys().clear();
        }
        channel.register(selector, 0, owner);
    }

    /** The watched channel waits for something else from now on. */
    void interest(SelectableChannel channel, int keyOps) {
        SelectionKey key = channel.keyFor(selector);
        try {
            if (key != null) {
                key.interestOps(keyOps);
            }
        } catch (CancelledKeyException closedMeanwhile) {
            // nothing to wait for: the owner learns of the close from whoever closed
        }
    }

    /** The channel is not watched any more. */
    void cancel(SelectableChannel channel) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null) {
            key.cancel();
            closeBegun();
        }
    }

    @Override
    public void poll(long timeoutNanos, ReadySink sink) throws IOException {
        closesPending = false;
        this.sink = sink;
        if (timeoutNanos == 0) {
            selector.selectNow(this);
        } else {
            selector.select(this, millis(timeoutNanos));
        }
    }

    /** One that was found ready, and may have been cancelled. */
    @Override
    public void accept(SelectionKey found) {
        ReadySink told = sink;
        if (told != null && found.isValid()) {
            int ops = NioSocket.fromKeyOps(found.readyOps());
            if (ops != 0) {
                told.ready(found.attachment(), ops);
            }
        }
    }

    /** Rounded up, so that a timer's last fraction of a millisecond does not spin; 0 means for ever to the selector. */
    private static long millis(long nanos) {
        return nanos < 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(Math.min(nanos, Long.MAX_VALUE - 999_999) + 999_999);
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    void closeBegun() {
        closesPending = true;
    }

    @Override
    public void completeCloses() throws IOException {
        if (closesPending) {
            closesPending = false;
            selector.selectNow(); // deregisters; what it finds ready the next poll finds again
            selector.selectedKeys().clear();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}

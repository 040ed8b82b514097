package io.asyncore.transport;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A {@link Selector}. What it finds is handed over before anything is called, so that callbacks may poll again. */
final class NioPoller implements Poller {

    private final Selector selector;
    private boolean closesPending;

    NioPoller() throws IOException {
        selector = Selector.open();
    }

    /** @param owner whom it concerns when something is found */
    SelectionKey register(SelectableChannel channel, Object owner) throws IOException {
        if (channel.keyFor(selector) != null) {
            selector.selectNow(); // a cancelled key of an earlier watch is still there: let it go first
            selector.selectedKeys().clear();
        }
        return channel.register(selector, 0, owner);
    }

    @Override
    public void poll(long timeoutNanos, ReadySink sink) throws IOException {
        closesPending = false;
        int found = timeoutNanos == 0 ? selector.selectNow() : selector.select(millis(timeoutNanos));
        if (found == 0) {
            return;
        }
        Set<SelectionKey> ready = selector.selectedKeys();
        for (SelectionKey key : ready) {
            report(key, sink);
        }
        ready.clear();
    }

    /** One may have been cancelled. */
    private static void report(SelectionKey key, ReadySink sink) {
        if (key.isValid()) {
            int ops = NioSocket.fromKeyOps(key.readyOps());
            if (ops != 0) {
                sink.ready(key.attachment(), ops);
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

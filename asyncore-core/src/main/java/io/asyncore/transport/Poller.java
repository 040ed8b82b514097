package io.asyncore.transport;

import java.io.Closeable;
import java.io.IOException;

/**
 * Tells which transports are ready: {@code select}, {@code poll} or {@code epoll} in Python's terms.
 *
 * <p>Confined to the loop's thread, but for {@link #wakeup()}.
 */
public interface Poller extends Closeable {

    /**
     * Waits until a watched transport is ready, {@link #wakeup()} is called or the time is over, then reports every
     * ready transport once. What is not served is reported again by the next call.
     *
     * @param timeoutNanos the longest wait in nanoseconds; 0 does not wait, a negative value waits for ever
     */
    void poll(long timeoutNanos, ReadySink sink) throws IOException;

    /** Ends the current wait, or the next one if none is under way. Any thread. */
    void wakeup();

    /** Lets go of what was closed since the last wait: descriptors, ports, waiting clients. */
    void completeCloses() throws IOException;

    @Override
    void close() throws IOException;
}

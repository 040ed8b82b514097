package io.asyncore.test;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The moment until which a test waits for something, by the machine's own monotonic clock. */
final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /**
     * What is left, in milliseconds; at least one.
     *
     * @throws SocketTimeoutException if nothing is left
     * @throws InterruptedIOException if the thread is told to wait no longer
     */
    long millisLeft() throws InterruptedIOException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the test's thread was interrupted");
        }
        return TimeUnit.NANOSECONDS.toMillis(left) + 1;
    }
}

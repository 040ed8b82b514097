package io.asyncore.spring.actuate;

import java.util.concurrent.TimeUnit;

/** For how long a limit was reached, up to this moment. Any thread. */
final class FullTime {

    private long nanos;
    private long since;
    private boolean full;

    synchronized void begin() {
        end(); // of a server that has left a connection behind
        full = true;
        since = System.nanoTime();
    }

    synchronized void end() {
        if (full) {
            full = false;
            nanos += System.nanoTime() - since;
        }
    }

    /** In seconds; grows while the limit is reached. */
    synchronized double seconds() {
        long now = full ? System.nanoTime() - since : 0;
        return (double) (nanos + now) / TimeUnit.SECONDS.toNanos(1);
    }
}

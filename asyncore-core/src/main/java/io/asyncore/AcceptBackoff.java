package io.asyncore;

import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a listener from trying again at once when accepting failed: descriptors that have run out do not come back in
 * this millisecond. Made when the listener starts, as nothing can be loaded when there are no descriptors.
 */
final class AcceptBackoff extends TimerNode {

    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);
    private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

    private static final String REMEDY = ": the process has all the descriptors that it may have; raise that limit"
            + " (ulimit -n, systemd's LimitNOFILE), or set limits.connections well below it";

    private final Dispatcher listener;
    private long pause = FIRST;
    private long reported;
    private boolean everReported;

    AcceptBackoff(Dispatcher listener) {
        this.listener = listener;
        Escaped.of(CompactTraceback.of(new IOException("not thrown: loads what the report of a failure needs")));
        new RateLimit(1, 1).admit(listener, 0);
    }

    /** Accepts; null if nobody waits, or if it failed and that was reported a moment ago. */
    @Nullable Transport accept(StreamTransport listening) throws IOException {
        try {
            Transport accepted = listening.accept();
            if (accepted != null) {
                pause = FIRST;
            }
            return accepted;
        } catch (IOException e) {
            if (failed()) {
                throw explained(e);
            }
            return null;
        }
    }

    /** By plain calls, as nothing can be loaded. */
    private static IOException explained(IOException failure) {
        String said = failure.getMessage();
        if (said == null || !said.contains("Too many open files") || said.contains("in system")) {
            return failure;
        }
        return new IOException(said.concat(REMEDY));
    }

    /** Pauses the listener, longer each time; true if this failure should be reported. */
    boolean failed() {
        EventLoop loop = listener.loop();
        listener.closeGate(Interest.GATE_ACCEPT_BACKOFF);
        loop.timers.add(this, Nanos.after(loop.clockNanos(), pause));
        pause = Math.min(2 * pause, LONGEST);
        if (everReported && loop.clockNanos() - reported < QUIET) {
            return false;
        }
        everReported = true;
        reported = loop.clockNanos();
        return true;
    }

    void stop() {
        listener.loop().timers.remove(this);
    }

    @Override
    void fire() {
        if (!listener.isClosed()) {
            listener.openGate(Interest.GATE_ACCEPT_BACKOFF);
        }
    }
}

package io.asyncore.transport.tls;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How far a TLS transport has come: its handshake until the session stands, and then that session, until it has failed.
 * Confined to the loop's thread.
 */
final class Progress {

    private final LongSupplier clock;
    private final long begun;

    /** Null as soon as the session stands. */
    private @Nullable Handshake handshake;

    private @Nullable Session session;
    private long handshakeNanos;
    private @Nullable IOException failure;

    /** @param begun when the clock said so; the engine may have been made since, which is a part of the handshake */
    Progress(Handshake handshake, LongSupplier nanoClock, long begun) {
        this.handshake = handshake;
        clock = nanoClock;
        this.begun = begun;
    }

    /** Null while it does not stand. */
    @Nullable Session session() {
        return session;
    }

    /** How long the handshake took; 0 until the session stands. */
    long handshakeNanos() {
        return handshakeNanos;
    }

    /** Goes on with the handshake, which is under way; returns the session if it stands now. */
    @Nullable Session shakeHands() throws IOException {
        Wire wire = handshake == null ? null : handshake.goOn();
        if (wire != null) {
            handshake = null;
            handshakeNanos = clock.getAsLong() - begun;
            session = new Session(wire);
        }
        return session;
    }

    /** What it needs of the poller if the dispatcher wants this. */
    int neededOps(int wanted, CipherOutput out) {
        if (handshake != null) {
            return handshake.neededOps();
        }
        boolean canRead = session != null && session.canReceive();
        return (canRead ? wanted : wanted & ~Transport.READ) | (out.isEmpty() ? 0 : Transport.WRITE);
    }

    /** Is there something to do that no poller would tell of? */
    boolean canGoOn() {
        return handshake != null ? handshake.canGoOn() : session != null && session.hasInput();
    }

    // ---- the end ----

    /** Is it of no more use? */
    boolean hasFailed() {
        return failure != null;
    }

    /** Throws what it has failed with, if it has. */
    void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** It is of no more use, and the peer is told so if the engine can. Returns the failure. */
    IOException fail(IOException e) {
        if (e instanceof SSLException && !(e instanceof PlainTextException)) {
            sayEnd();
        }
        failure = e;
        return e;
    }

    /** Tells the peer that this is the end, as far as that goes at once; not again when it has failed. */
    void sayEnd() {
        Wire wire = failure == null ? usableWire() : null;
        if (wire != null) {
            wire.sayEndIfPossible();
        }
    }

    /** The engine, if it may be asked something now. */
    private @Nullable Wire usableWire() {
        return session != null ? session.wire : handshake != null ? handshake.usableWire() : null;
    }

    @Override
    public String toString() {
        return session != null ? session.details.getProtocol() : failure != null ? "failed" : "handshake";
    }
}

package io.asyncore.server;

import io.asyncore.TracksInterest;
import io.asyncore.transport.tls.TlsTransport;
import javax.net.ssl.SSLException;

/** Waits until the TLS session stands, which its transport brings about. On the thread of the connection's loop. */
@TracksInterest
final class TlsHandshake extends Handshake {

    private final TlsTransport session;

    TlsHandshake(Arrival arrival, TlsTransport session) {
        super(arrival, RejectReason.TLS);
        this.session = session;
    }

    @Override
    protected void handleTlsEstablished() throws Exception {
        arrival.secured(map().loop(), letGo());
    }

    @Override
    boolean hasHeard() {
        return session.hasHeard();
    }

    @Override
    protected void handleTlsFailed(SSLException failure) throws Exception {
        if (!isProbe()) {
            super.handleTlsFailed(failure);
        }
    }
}

package io.asyncore.server;

import io.asyncore.TracksInterest;

/** Waits until the TLS session stands, which its transport brings about. On the thread of the connection's loop. */
@TracksInterest
final class TlsHandshake extends Handshake {

    TlsHandshake(Arrival arrival) {
        super(arrival, RejectReason.TLS);
    }

    @Override
    protected void handleTlsEstablished() throws Exception {
        arrival.secured(map().loop(), letGo());
    }
}

package io.asyncore.server;

import io.asyncore.ChannelOwner;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.TracksInterest;
import io.asyncore.transport.Transport;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * Owns an accepted connection while something must be read before a handler is made, and then lets go of the transport. On
 * the thread of the connection's loop.
 */
@TracksInterest
abstract class Handshake extends Dispatcher implements ChannelOwner {

    final Arrival arrival;
    private final RejectReason ifItFails;
    private boolean done;

    Handshake(Arrival arrival, RejectReason ifItFails) {
        this.arrival = arrival;
        this.ifItFails = ifItFails;
    }

    /** Takes the transport on. */
    final void begin(EventLoop loop, Transport socket) {
        loop.attach(this, socket, arrival.reception().channelOptions(), this);
    }

    /** It is done: the transport goes on its way. */
    final Transport letGo() {
        done = true;
        return detach();
    }

    /** Who has not even begun a conversation loses nothing. */
    @Override
    protected final void handleDrain(Duration grace) {
        end(CloseReason.SHUTDOWN);
    }

    /** Has the peer said anything yet? */
    abstract boolean hasHeard();

    /**
     * Has the peer left without a word? So does whoever looks whether the port is open, a load balancer or an orchestrator's
     * probe: that is neither a failure nor a rejection.
     */
    final boolean isProbe() {
        CloseReason reason = closeReason();
        boolean peersOwn =
                reason == CloseReason.PEER || reason == CloseReason.RESET || reason == CloseReason.TLS_FAILED;
        return peersOwn && !hasHeard();
    }

    @Override
    public final void closed(Dispatcher self) {
        SocketAddress peer = address();
        if (!done) {
            arrival.leave();
            if (isProbe()) {
                log(this + ": the peer left without a word");
            } else if (peer != null) {
                boolean shutdown = closeReason() == CloseReason.SHUTDOWN;
                arrival.reception().rejected(peer, shutdown ? RejectReason.SHUTDOWN : ifItFails);
            }
        }
    }
}

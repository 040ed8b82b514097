package io.asyncore.server;

import io.asyncore.ChannelOptions;
import io.asyncore.Escaped;
import io.asyncore.RateLimit;
import io.asyncore.transport.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients that get no handler: what they are told, and who hears of it. On the thread of the client's loop. */
final class Rejections {

    /** So many clients at once are told a farewell; what comes beyond is closed without. */
    private static final int MOST_FAREWELLS = 256;

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final ServerOptions options;
    private final ChannelOptions channelOptions;
    private final ServerListeners listeners;
    private final LongSupplier clock;
    private final AtomicInteger farewells = new AtomicInteger();
    private final RateLimit peerWarnings = new RateLimit(1, TimeUnit.SECONDS.toNanos(10));

    Rejections(ServerOptions options, ChannelOptions channelOptions, ServerListeners listeners, LongSupplier clock) {
        this.options = options;
        this.channelOptions = channelOptions;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** The client is not let in: its connection is closed. */
    void turnAway(Transport socket, SocketAddress peer, RejectReason reason) {
        tell(peer, reason);
        String farewell = mayBeTold(reason) ? options.limits().farewell() : null;
        if (farewell != null && farewells.get() < MOST_FAREWELLS) {
            farewells.getAndIncrement();
            new Refusal(farewell.getBytes(StandardCharsets.UTF_8)).begin(socket, channelOptions, farewells);
        } else {
            socket.close();
        }
    }

    /** Only who might come again is told, and nobody in plain text where TLS is spoken. */
    private boolean mayBeTold(RejectReason reason) {
        Ssl ssl = options.ssl();
        return reason.isForNow() && (ssl == null || ssl.startTls());
    }

    /** Its connection is closed, or about to be. */
    void tell(SocketAddress peer, RejectReason reason) {
        listeners.onRejected(peer, reason);
        if (reason == RejectReason.PEER_LIMIT && peer instanceof InetSocketAddress internet) {
            warnOfPeer(internet);
        }
        if (log.isDebugEnabled()) {
            log.debug("server '{}' gives {} no handler: {}", options.name(), Escaped.of(peer), reason);
        }
    }

    /** One line for all addresses, as an attack may come from many. */
    private void warnOfPeer(InetSocketAddress peer) {
        long heldBack = peerWarnings.admit(RejectReason.PEER_LIMIT, clock.getAsLong());
        if (heldBack >= 0) {
            log.warn("{}{}", FullnessText.ofPeer(options, peer.getAddress()), RateLimit.more(heldBack));
        }
    }
}

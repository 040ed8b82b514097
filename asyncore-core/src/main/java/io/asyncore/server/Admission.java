package io.asyncore.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in: address filters and counts, nothing else. Any thread.
 *
 * <p>A connection first takes a place; when it is known who it is, which behind a PROXY header is later, it is looked at
 * once more. In the end the place is given back.
 */
final class Admission {

    private final Limits limits;
    private final Filter filter;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<InetAddress, Integer> perPeer = new ConcurrentHashMap<>();

    Admission(Limits limits, Filter filter) {
        this.limits = limits;
        this.filter = filter;
    }

    boolean isFull() {
        return taken.get() >= limits.connections();
    }

    boolean isEmpty() {
        return taken.get() == 0;
    }

    /** A place for one more connection; false if there is none. */
    boolean takePlace() {
        for (int count = taken.get(); count < limits.connections(); count = taken.get()) {
            if (taken.compareAndSet(count, count + 1)) {
                return true;
            }
        }
        return false;
    }

    /** True if there was no other free one. */
    boolean givePlaceBack() {
        return taken.getAndDecrement() == limits.connections();
    }

    /** Must it be remembered who has entered? */
    boolean countsPeers() {
        return limits.perPeer() != null;
    }

    /** It is known now who has taken a place; null lets him in, and {@link #leave} must follow in the end. */
    @Nullable RejectReason enter(SocketAddress peer) {
        if (!filter.admits(peer)) {
            return RejectReason.FILTER;
        }
        InetAddress counted = counted(peer);
        return counted == null || countIn(counted) ? null : RejectReason.PEER_LIMIT;
    }

    /** Who had entered is gone. */
    void leave(SocketAddress peer) {
        InetAddress counted = counted(peer);
        if (counted != null) {
            perPeer.computeIfPresent(counted, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean countIn(InetAddress peer) {
        Integer limit = limits.perPeer();
        boolean[] in = {true};
        perPeer.compute(peer, (same, count) -> {
            int before = count == null ? 0 : count;
            in[0] = limit == null || before < limit;
            return in[0] ? Integer.valueOf(before + 1) : count;
        });
        return in[0];
    }

    /** Whom the limit for each peer concerns: nobody if there is none, and no peer without an address. */
    private @Nullable InetAddress counted(SocketAddress peer) {
        return limits.perPeer() != null && peer instanceof InetSocketAddress internet ? internet.getAddress() : null;
    }
}

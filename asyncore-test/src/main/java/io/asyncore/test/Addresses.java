package io.asyncore.test;

import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are taken, and who can be reached at them.
 *
 * @param <T> who can be reached
 */
final class Addresses<T> {

    private static final int FIRST_FREE_PORT = 49_152;

    private final Set<SocketAddress> taken = new HashSet<>();
    private final Map<SocketAddress, T> reachable = new HashMap<>();
    private int nextPort = FIRST_FREE_PORT;

    /** Takes the address, with a port of its own in place of 0. */
    SocketAddress bind(SocketAddress address) throws BindException {
        SocketAddress named = address instanceof InetSocketAddress inet && inet.getPort() == 0
                ? new InetSocketAddress(inet.getAddress(), nextPort++)
                : address;
        if (!taken.add(named)) {
            throw new BindException("Address already in use: " + address);
        }
        return named;
    }

    /** An address for a socket that was not given one. */
    SocketAddress anyOf(ProtocolFamily family) {
        return family == StandardProtocolFamily.UNIX
                ? UnixDomainSocketAddress.of("")
                : new InetSocketAddress(loopback(family), nextPort++);
    }

    /** An address for a socket that calls this one. */
    SocketAddress anyLike(SocketAddress called) {
        if (Switchboard.isUnix(called)) {
            return anyOf(StandardProtocolFamily.UNIX);
        }
        boolean ipv6 = called instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address;
        return anyOf(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    }

    private static InetAddress loopback(ProtocolFamily family) {
        try {
            return InetAddress.getByName(family == StandardProtocolFamily.INET6 ? "::1" : "127.0.0.1");
        } catch (UnknownHostException e) {
            throw new AssertionError("a literal address is known", e);
        }
    }

    void free(SocketAddress address) {
        taken.remove(address);
        reachable.remove(address);
    }

    void reach(SocketAddress address, T by) {
        reachable.put(address, by);
    }

    /** Who is reached at an address: by that address, or by having bound its port on all of them. */
    @Nullable T at(SocketAddress address) {
        T exact = reachable.get(address);
        if (exact != null || !(address instanceof InetSocketAddress inet)) {
            return exact;
        }
        for (Map.Entry<SocketAddress, T> entry : reachable.entrySet()) {
            if (entry.getKey() instanceof InetSocketAddress bound
                    && bound.getPort() == inet.getPort()
                    && bound.getAddress().isAnyLocalAddress()) {
                return entry.getValue();
            }
        }
        return null;
    }
}

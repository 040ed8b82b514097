package io.asyncore;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/** What is said of addresses that a socket cannot have. Any thread. */
final class Addresses {

    private Addresses() {}

    static void requireResolved(SocketAddress address) throws UnknownHostException {
        if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
            throw new UnknownHostException("the host name of " + internet + " is unknown");
        }
    }

    static IllegalArgumentException wrongFamily(SocketAddress address, Exception cause) {
        return new IllegalArgumentException(
                address
                        + " is not an address of the family that the socket was created for: createSocket() is for IPv4,"
                        + " and createSocket(StandardProtocolFamily.INET6, SocketType.STREAM) for IPv6",
                cause);
    }
}

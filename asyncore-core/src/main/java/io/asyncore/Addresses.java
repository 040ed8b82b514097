package io.asyncore;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
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
                address + " is not an address of the family that the socket was created for: create one for"
                        + " StandardProtocolFamily." + familyOf(address),
                cause);
    }

    private static StandardProtocolFamily familyOf(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress) {
            return StandardProtocolFamily.UNIX;
        }
        boolean six = address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address;
        return six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }
}

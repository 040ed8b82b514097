package io.asyncore.spring.actuate;

import io.asyncore.Escaped;
import io.asyncore.server.Server;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as they are shown: numbers and port, {@code *} for all of the machine, or a path. What a peer may have had a
 * hand in is escaped.
 */
final class Addresses {

    private Addresses() {}

    static @Nullable String show(@Nullable SocketAddress address) {
        return address == null ? null : text(address);
    }

    static List<String> of(Server server) {
        return server.addresses().stream().map(Addresses::text).toList();
    }

    private static String text(SocketAddress address) {
        if (address instanceof InetSocketAddress internet && !internet.isUnresolved()) {
            return host(internet.getAddress()) + ":" + internet.getPort();
        }
        return Escaped.of(address);
    }

    private static String host(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return "*";
        }
        String host = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + host + "]" : host;
    }
}

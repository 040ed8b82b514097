package io.asyncore.spring.actuate;

import io.asyncore.Escaped;
import io.asyncore.server.Server;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses as they are shown: numbers and port, or a path. What a peer may have had a hand in is escaped. */
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
            String host = internet.getAddress().getHostAddress();
            boolean six = internet.getAddress() instanceof Inet6Address;
            return (six ? "[" + host + "]" : host) + ":" + internet.getPort();
        }
        return Escaped.of(address);
    }
}

package io.asyncore.server;

import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.SocketType;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The listening dispatchers of a server, one for each address. Opened before the loop runs, then on the loop's thread. */
final class Acceptors {

    /** All addresses of the machine, of both families. */
    static final InetSocketAddress ANY = new InetSocketAddress("::", 0);

    private final List<Acceptor> all = new ArrayList<>();

    /** Opens them all, or none. */
    Acceptors(EventLoop loop, ServerOptions options, Reception reception) throws IOException {
        try {
            for (SocketAddress address : options.addresses()) {
                Acceptor acceptor =
                        new Acceptor(loop.map(), reception, options.limits().acceptsPerTurn());
                all.add(acceptor);
                listen(acceptor, address, options);
            }
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static void listen(Acceptor acceptor, SocketAddress address, ServerOptions options) throws IOException {
        if (address instanceof UnixDomainSocketAddress unix) {
            Set<PosixFilePermission> chosen = options.pathPermissions();
            Set<PosixFilePermission> permissions = chosen == null ? UnixPath.DEFAULT_PERMISSIONS : chosen;
            acceptor.owns(UnixPath.listen(acceptor, unix.getPath(), permissions, options.backlog()));
        } else if (address instanceof InetSocketAddress internet) {
            bind(acceptor, internet, options.socket());
            acceptor.listen(options.backlog());
        } else {
            throw new IllegalArgumentException(address + " is no address to listen on: give a port or a path");
        }
    }

    private static void bind(Acceptor acceptor, InetSocketAddress address, SocketOptions socket) throws IOException {
        boolean any = address.getAddress().equals(ANY.getAddress());
        boolean four = address.getAddress() instanceof Inet4Address || !createdForBothFamilies(acceptor);
        if (four && !any && address.getAddress() instanceof Inet6Address) {
            throw new IllegalArgumentException("address must be one of IPv4, but is "
                    + address.getAddress().getHostAddress()
                    + "; this JVM has no IPv6: its machine has none, or the property java.net.preferIPv4Stack is set");
        }
        if (four) {
            acceptor.createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
        }
        socket.applyToListener(acceptor.socket());
        acceptor.bind(any && four ? new InetSocketAddress("0.0.0.0", address.getPort()) : address);
    }

    /** An IPv6 socket takes IPv4 clients too; a machine without IPv6 has no such socket. */
    private static boolean createdForBothFamilies(Acceptor acceptor) throws IOException {
        try {
            acceptor.createSocket(StandardProtocolFamily.INET6, SocketType.STREAM);
            return true;
        } catch (UnsupportedOperationException noIpv6) {
            return false;
        }
    }

    /** Where they really listen. */
    List<SocketAddress> addresses() {
        List<SocketAddress> addresses = new ArrayList<>();
        for (Acceptor acceptor : all) {
            addresses.add(acceptor.boundAddress());
        }
        return List.copyOf(addresses);
    }

    /** They may accept again. Any thread. */
    void interestChanged() {
        all.forEach(Dispatcher::interestChanged);
    }

    void close() {
        all.forEach(Dispatcher::close);
    }
}

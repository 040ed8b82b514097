package io.asyncore.cpython;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The kinds of stream sockets that the API tests are run with, on addresses of this machine only. */
enum Family {
    IPV4(StandardProtocolFamily.INET) {
        @Override
        SocketAddress freeAddress(Path directory) {
            return new InetSocketAddress("127.0.0.1", 0);
        }
    },
    IPV6(StandardProtocolFamily.INET6) {
        @Override
        SocketAddress freeAddress(Path directory) {
            return new InetSocketAddress("::1", 0);
        }
    },
    UNIX(StandardProtocolFamily.UNIX) {
        @Override
        SocketAddress freeAddress(Path directory) {
            return UnixDomainSocketAddress.of(directory.resolve("socket"));
        }
    };

    final ProtocolFamily protocol;

    Family(ProtocolFamily protocol) {
        this.protocol = protocol;
    }

    /** An address that a listener can be bound to; a Unix-domain one is a path in the directory. */
    abstract SocketAddress freeAddress(Path directory);

    boolean isInternet() {
        return this != UNIX;
    }

    /** Skips the test where this machine does not have the family: containers often lack IPv6. */
    void assumeAvailable(Path directory) {
        Path trial = directory.resolve("trial");
        try (ServerSocketChannel channel = ServerSocketChannel.open(protocol)) {
            channel.bind(isInternet() ? freeAddress(directory) : UnixDomainSocketAddress.of(trial));
        } catch (IOException | UnsupportedOperationException e) {
            Assumptions.abort("skipped: no " + this + " sockets on this machine: " + e);
        }
    }
}

package io.asyncore.golden;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An address to listen at: any port of the loopback interface, or a path in a folder of its own. */
final class Place implements AutoCloseable {

    private final @Nullable Path folder;
    private final SocketAddress address;

    Place(ProtocolFamily family) throws IOException {
        if (family == StandardProtocolFamily.UNIX) {
            folder = Files.createTempDirectory("golden");
            address = UnixDomainSocketAddress.of(folder.resolve("door"));
        } else {
            folder = null;
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        }
    }

    SocketAddress address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            Files.deleteIfExists(folder.resolve("door"));
            Files.delete(folder);
        }
    }
}

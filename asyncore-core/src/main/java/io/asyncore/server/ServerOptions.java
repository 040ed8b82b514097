package io.asyncore.server;

import io.asyncore.ChannelOptions;
import io.asyncore.transport.tls.EngineSource;
import java.net.SocketAddress;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link Server} is told, checked; each component is described at the builder's method of its name. */
record ServerOptions(
        String name,
        List<SocketAddress> addresses,
        @Nullable Set<PosixFilePermission> pathPermissions,
        int backlog,
        int loops,
        Limits limits,
        Timeouts timeouts,
        WriteBuffer writeBuffer,
        SocketOptions socket,
        @Nullable Ssl ssl,
        ProxyProtocol proxyProtocol,
        Filter filter,
        Duration loopTimeout,
        Duration slowCallback,
        @Nullable Duration busyPoll) {

    ServerOptions {
        Check.require(!name.isBlank(), "name", "'" + name + "'", "must not be blank");
        Check.require(!addresses.isEmpty(), "addresses", addresses, "must name at least one");
        Check.atLeast(1, "backlog", backlog);
        Check.require(loops >= 1 && loops <= 1024, "loops", loops, "must be between 1 and 1024");
        Check.positive("loopTimeout", loopTimeout);
        Check.positive("slowCallback", slowCallback);
        if (busyPoll != null) {
            Check.positive("busyPoll", busyPoll);
        }
        addresses = List.copyOf(addresses);
        pathPermissions = pathPermissions == null ? null : Set.copyOf(pathPermissions);
    }

    /** What is allowed is not always what the process has. */
    void warnOfWhatIsNotThere() {
        Descriptors.warnIfTooFew(name, limits.connections());
        HeapBounds.warnIfTooLarge(
                name, limits, writeBuffer, Runtime.getRuntime().maxMemory());
    }

    /** What a connection gets, and what a handler connects to elsewhere, but for the times that only peers can keep. */
    ChannelOptions forClients() {
        return ChannelOptions.DEFAULTS
                .withConnectTimeout(timeouts.connect())
                .withWriteStallTimeout(timeouts.writeStall())
                .withWaterMarks(writeBuffer.low(), writeBuffer.high(), writeBuffer.limit())
                .withMaxFrameLength(limits.frameLength());
    }

    /** What an accepted connection gets; with engines, if there is TLS. */
    ChannelOptions forConnections(@Nullable EngineSource tls) {
        return forClients()
                .withIdleTimeout(timeouts.idle())
                .withMessageTimeout(timeouts.message())
                .withHandshakeTimeout(timeouts.handshake())
                .withTls(tls);
    }
}

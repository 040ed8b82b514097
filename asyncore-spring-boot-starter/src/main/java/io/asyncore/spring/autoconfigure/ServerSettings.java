package io.asyncore.spring.autoconfigure;

import io.asyncore.server.Cidr;
import io.asyncore.server.Filter;
import io.asyncore.server.Limits;
import io.asyncore.server.ProxyProtocol;
import io.asyncore.server.Server;
import io.asyncore.server.SocketOptions;
import io.asyncore.server.Timeouts;
import io.asyncore.server.WriteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The keys of one server as the options of a {@link Server}. The options check themselves when this is made, long before the
 * server starts.
 */
final class ServerSettings {

    private final AsyncoreProperties.Server keys;
    private final @Nullable Integer port;
    private final @Nullable Path path;
    private final Set<PosixFilePermission> pathPermissions;
    private final Limits limits;
    private final Timeouts timeouts;
    private final WriteBuffer writeBuffer;
    private final SocketOptions socket;
    private final ProxyProtocol proxyProtocol;
    private final Filter filter;

    /** @throws IllegalArgumentException naming the option that has a value which it cannot have */
    ServerSettings(AsyncoreProperties.Server keys, @Nullable Integer port) {
        this.keys = keys;
        this.port = port;
        if (port != null) {
            Server.builder().port(port);
        }
        path = keys.path() == null ? null : Path.of(keys.path());
        pathPermissions = permissions(keys.pathPermissions());
        limits = limits(keys.limits());
        timeouts = timeouts(keys.timeouts());
        writeBuffer = writeBuffer(keys.writeBuffer());
        socket = socket(keys.socket());
        proxyProtocol = proxyProtocol(keys.proxyProtocol());
        filter = Filter.parse(keys.filter().allow(), keys.filter().deny());
    }

    void applyTo(Server.Builder builder) {
        if (port != null) {
            builder.port(port);
        }
        if (keys.address() != null) {
            builder.address(keys.address());
        }
        if (path != null) {
            builder.path(path).pathPermissions(pathPermissions);
        }
        builder.backlog(keys.backlog())
                .loops(keys.loops())
                .limits(limits)
                .timeouts(timeouts)
                .writeBuffer(writeBuffer)
                .socket(socket)
                .proxyProtocol(proxyProtocol)
                .filter(filter);
    }

    private static Set<PosixFilePermission> permissions(String text) {
        try {
            return PosixFilePermissions.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "pathPermissions must be nine letters such as 'rw-rw----', but is '" + text + "'", malformed);
        }
    }

    private static Limits limits(AsyncoreProperties.Limits keys) {
        Limits defaults = Limits.DEFAULTS;
        return new Limits(
                keys.connections() == null ? defaults.connections() : keys.connections(),
                keys.perPeer(),
                keys.acceptsPerTurn(),
                keys.handshakes(),
                bytes("limits.frameLength", keys.frameLength()),
                keys.memory() == null ? defaults.memory() : keys.memory().toBytes(),
                keys.whenFull(),
                keys.farewell());
    }

    private static Timeouts timeouts(AsyncoreProperties.Timeouts keys) {
        return new Timeouts(
                keys.idle(), keys.message(), keys.writeStall(), keys.handshake(), keys.proxyHeader(), keys.connect());
    }

    private static WriteBuffer writeBuffer(AsyncoreProperties.WriteBuffer keys) {
        return new WriteBuffer(
                bytes("writeBuffer.high", keys.high()),
                bytes("writeBuffer.low", keys.low()),
                bytes("writeBuffer.limit", keys.limit()));
    }

    private static SocketOptions socket(AsyncoreProperties.Socket keys) {
        return new SocketOptions(
                keys.noDelay(),
                keys.keepAlive(),
                keys.keepAliveIdle(),
                keys.receiveBuffer() == null ? null : bytes("socket.receiveBuffer", keys.receiveBuffer()),
                keys.sendBuffer() == null ? null : bytes("socket.sendBuffer", keys.sendBuffer()),
                keys.linger(),
                keys.reuseAddress());
    }

    private static ProxyProtocol proxyProtocol(AsyncoreProperties.ProxyProtocol keys) {
        return new ProxyProtocol(
                keys.mode(),
                blocks("proxyProtocol.trusted", keys.trusted()),
                bytes("proxyProtocol.headerLength", keys.headerLength()));
    }

    private static List<Cidr> blocks(String option, List<String> texts) {
        try {
            return texts.stream().map(Cidr::parse).toList();
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(option + ": " + malformed.getMessage(), malformed);
        }
    }

    private static int bytes(String option, DataSize size) {
        if (size.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(option + " must be less than 2 GB, but is " + size);
        }
        return (int) Math.max(-1, size.toBytes());
    }
}

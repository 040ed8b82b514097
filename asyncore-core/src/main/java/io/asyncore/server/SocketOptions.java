package io.asyncore.server;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of the sockets of accepted connections; a value for any thread. Those that a kind of socket does not have,
 * such as a Unix-domain socket, are left out.
 *
 * @param noDelay small writes go out at once (TCP_NODELAY); [true]
 * @param keepAlive the kernel looks whether a silent peer is still there (SO_KEEPALIVE); [true]
 * @param keepAliveIdle how long it waits before it looks, in whole seconds, where the platform can be told; [300 s]
 * @param receiveBuffer the kernel's buffer for input in bytes (SO_RCVBUF), or null for the system's choice; [null]
 * @param sendBuffer the kernel's buffer for output in bytes (SO_SNDBUF), or null for the system's choice; [null]
 * @param linger how long a close waits in the kernel for output to be acknowledged, in whole seconds (SO_LINGER), or null
 *     for the system's choice; 0 is a close that resets the connection, and what was not sent is lost; [null]
 * @param reuseAddress the address may be bound although connections of an earlier server linger (SO_REUSEADDR); [true]
 */
public record SocketOptions(
        boolean noDelay,
        boolean keepAlive,
        Duration keepAliveIdle,
        @Nullable Integer receiveBuffer,
        @Nullable Integer sendBuffer,
        @Nullable Duration linger,
        boolean reuseAddress) {

    /** What a server has unless it is told otherwise. */
    public static final SocketOptions DEFAULTS =
            new SocketOptions(true, true, Duration.ofMinutes(5), null, null, null, true);

    public SocketOptions {
        Check.require(
                keepAliveIdle.toSeconds() >= 1 && keepAliveIdle.toSeconds() <= 32_767,
                "socket.keepAliveIdle",
                keepAliveIdle,
                "must be between 1 and 32767 seconds");
        Check.require(
                keepAliveIdle.toNanosPart() == 0,
                "socket.keepAliveIdle",
                keepAliveIdle,
                "must be whole seconds, such as 300s");
        if (receiveBuffer != null) {
            Check.atLeast(1, "socket.receiveBuffer", receiveBuffer);
        }
        if (sendBuffer != null) {
            Check.atLeast(1, "socket.sendBuffer", sendBuffer);
        }
        if (linger != null) {
            Check.require(
                    !linger.isNegative() && linger.toSeconds() <= 65_535,
                    "socket.linger",
                    linger,
                    "must be between 0 and 65535 seconds");
            Check.require(
                    linger.toNanosPart() == 0,
                    "socket.linger",
                    linger,
                    "must be whole seconds, such as 1s, or 0 for a close that resets the connection");
        }
    }

    /** The same with small writes going out at once, or not. */
    public SocketOptions withNoDelay(boolean on) {
        return new SocketOptions(on, keepAlive, keepAliveIdle, receiveBuffer, sendBuffer, linger, reuseAddress);
    }

    /** The same with the kernel looking for silent peers after this time, or not at all (null). */
    public SocketOptions withKeepAlive(@Nullable Duration idle) {
        Duration wait = idle == null ? keepAliveIdle : idle;
        return new SocketOptions(noDelay, idle != null, wait, receiveBuffer, sendBuffer, linger, reuseAddress);
    }

    /** The same with other buffers in the kernel, in bytes; null for the system's choice. */
    public SocketOptions withBuffers(@Nullable Integer receive, @Nullable Integer send) {
        return new SocketOptions(noDelay, keepAlive, keepAliveIdle, receive, send, linger, reuseAddress);
    }

    /** The same with another linger time; null for the system's choice. */
    public SocketOptions withLinger(@Nullable Duration time) {
        return new SocketOptions(noDelay, keepAlive, keepAliveIdle, receiveBuffer, sendBuffer, time, reuseAddress);
    }

    /** The same with addresses that may be bound again at once, or not. */
    public SocketOptions withReuseAddress(boolean on) {
        return new SocketOptions(noDelay, keepAlive, keepAliveIdle, receiveBuffer, sendBuffer, linger, on);
    }

    /** What is set on each accepted connection, in this order. */
    List<SocketSetting<?>> forConnections() {
        List<SocketSetting<?>> settings = new ArrayList<>();
        settings.add(new SocketSetting<>(StandardSocketOptions.TCP_NODELAY, noDelay));
        if (keepAlive) {
            SocketOption<Integer> idle = KeepAliveIdle.option();
            if (idle != null) { // first, or the kernel would start its timer twice
                settings.add(new SocketSetting<>(idle, (int) keepAliveIdle.toSeconds()));
            }
            settings.add(new SocketSetting<>(StandardSocketOptions.SO_KEEPALIVE, true));
        }
        if (sendBuffer != null) {
            settings.add(new SocketSetting<>(StandardSocketOptions.SO_SNDBUF, sendBuffer));
        }
        if (linger != null) {
            settings.add(new SocketSetting<>(StandardSocketOptions.SO_LINGER, (int) linger.toSeconds()));
        }
        return List.copyOf(settings);
    }

    /** Sets on a listener, before it listens, what connections inherit only from there. */
    void applyToListener(Transport listener) throws IOException {
        new SocketSetting<>(StandardSocketOptions.SO_REUSEADDR, reuseAddress).applyTo(listener);
        if (receiveBuffer != null) {
            new SocketSetting<>(StandardSocketOptions.SO_RCVBUF, receiveBuffer).applyTo(listener);
        }
    }
}

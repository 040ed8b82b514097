package io.asyncore.test;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/** A datagram on the simulated network. Immutable. */
public final class Datagram {

    private final SocketAddress from;
    private final SocketAddress to;
    private final byte[] bytes;

    Datagram(SocketAddress from, SocketAddress to, byte[] bytes) {
        this.from = from;
        this.to = to;
        this.bytes = bytes.clone();
    }

    /** Who sent it. */
    public SocketAddress from() {
        return from;
    }

    /** Whom it was sent to. */
    public SocketAddress to() {
        return to;
    }

    /** What it carries. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** What it carries, as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Datagram[" + from + " -> " + to + ", " + bytes.length + " bytes]";
    }
}

package io.asyncore.server;

import io.asyncore.transport.proxy.ProxyHeaderParser;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * Does a proxy in front of the server tell who its clients are, and which proxies are believed? A value for any thread.
 *
 * <p>Whoever may send the header may claim any address; so only those named here may, and for them it is no choice: with
 * REQUIRED a connection from elsewhere, or without a well-formed header, is closed.
 *
 * @param mode whether each connection begins with a header; [OFF]
 * @param trusted the proxies that are believed; with REQUIRED at least one block, to trust everybody {@code 0.0.0.0/0} and
 *     {@code ::/0}; [empty]
 * @param headerLength the longest header of version 2 in bytes; one of version 1 has at most 107; [4 KiB]
 */
public record ProxyProtocol(Mode mode, List<Cidr> trusted, int headerLength) {

    /** Is there a header? */
    public enum Mode {
        /** Connections come from the clients themselves; a header is data like any other. */
        OFF,
        /** Each connection begins with a header of version 1 or 2. */
        REQUIRED
    }

    /** The longest header of version 2 by default, in bytes. */
    public static final int DEFAULT_HEADER_LENGTH = ProxyHeaderParser.DEFAULT_MAX_LENGTH;

    /** Signature, command, family, length, and the addresses of two Unix-domain sockets. */
    private static final int LEAST_HEADER_LENGTH = 16 + 216;

    private static final int MOST_HEADER_LENGTH = 16 + 0xFFFF;

    /** No proxy. */
    public static final ProxyProtocol OFF = new ProxyProtocol(Mode.OFF, List.of(), DEFAULT_HEADER_LENGTH);

    public ProxyProtocol {
        trusted = List.copyOf(trusted);
        if (mode == Mode.REQUIRED && trusted.isEmpty()) {
            throw new IllegalArgumentException("proxyProtocol.trusted must name the proxies when proxyProtocol.mode is"
                    + " REQUIRED, but is empty; to trust everybody, write 0.0.0.0/0 and ::/0");
        }
        if (headerLength < LEAST_HEADER_LENGTH || headerLength > MOST_HEADER_LENGTH) {
            throw new IllegalArgumentException("proxyProtocol.headerLength must be between " + LEAST_HEADER_LENGTH
                    + " and " + MOST_HEADER_LENGTH + ", but is " + headerLength);
        }
    }

    /**
     * A header is required, and believed from these blocks alone.
     *
     * @param trusted as {@link Cidr#parse} takes them
     * @throws IllegalArgumentException if there is none, or naming the first that is no block
     */
    public static ProxyProtocol required(String... trusted) {
        return new ProxyProtocol(
                Mode.REQUIRED, Filter.blocks("proxyProtocol.trusted", List.of(trusted)), DEFAULT_HEADER_LENGTH);
    }

    /** Does each connection begin with a header? */
    public boolean isRequired() {
        return mode == Mode.REQUIRED;
    }

    /** Is this peer, the one that the connection really comes from, believed? Peers of a Unix-domain socket always are. */
    public boolean isTrusted(SocketAddress peer) {
        return !(peer instanceof InetSocketAddress internet)
                || (internet.getAddress() != null && Filter.contains(trusted, Cidr.bytes(internet.getAddress())));
    }
}

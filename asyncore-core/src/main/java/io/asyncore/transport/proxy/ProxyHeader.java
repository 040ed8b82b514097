package io.asyncore.transport.proxy;

import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy tells of the connection that it passes on; immutable, for any thread.
 *
 * @param version 1 or 2
 * @param command whose connection it is
 * @param source the client's address, or null if the proxy does not tell: with LOCAL, and where it does not know it. An
 *     {@link java.net.InetSocketAddress} or a {@link java.net.UnixDomainSocketAddress}, the latter mostly unnamed
 * @param destination the address that the client connected to, or null as above
 * @param tlvs further values (version 2 only), in their order, repeated ones too, without padding
 */
public record ProxyHeader(
        int version,
        Command command,
        @Nullable SocketAddress source,
        @Nullable SocketAddress destination,
        List<Tlv> tlvs) {

    /** Whose connection it is. */
    public enum Command {
        /** The proxy's own, for a health check say. */
        LOCAL,
        /** One of the proxy's clients. */
        PROXY
    }

    public ProxyHeader {
        tlvs = List.copyOf(tlvs);
    }

    /** The host name that the client asked for, or null. The client chose it: escape it before logging. */
    public @Nullable String authority() {
        return Tlvs.text(tlvs, Tlv.AUTHORITY);
    }

    /** The upper protocol that proxy and client agreed on, as {@code h2}, or null. */
    public @Nullable String alpn() {
        return Tlvs.text(tlvs, Tlv.ALPN);
    }

    /** What the proxy knows the connection by, or null. */
    public byte @Nullable [] uniqueId() {
        Tlv id = Tlvs.first(tlvs, Tlv.UNIQUE_ID);
        return id == null ? null : id.value();
    }

    /** The client's TLS, or null if the proxy does not tell. */
    public @Nullable ClientTls clientTls() {
        Tlv tls = Tlvs.first(tlvs, Tlv.SSL);
        try {
            return tls == null ? null : Tlvs.clientTls(tls);
        } catch (ProxyHeaderException notFromTheParser) {
            throw new UncheckedIOException(notFromTheParser);
        }
    }
}

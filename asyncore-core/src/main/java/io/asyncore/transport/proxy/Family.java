package io.asyncore.transport.proxy;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import org.jspecify.annotations.Nullable;

/** What kind of addresses a header of version 2 has: source, destination, and with the Internet's the two ports. */
enum Family {
    UNSPECIFIED(0),
    INET(4),
    INET6(16),
    UNIX(108);

    private final int addressLength;

    Family(int addressLength) {
        this.addressLength = addressLength;
    }

    /** The family of a byte, if it is one that a stream can have. */
    static Family of(int familyAndProtocol) throws ProxyHeaderException {
        return switch (familyAndProtocol) {
            case 0x00 -> UNSPECIFIED;
            case 0x11 -> INET;
            case 0x21 -> INET6;
            case 0x31 -> UNIX;
            case 0x12, 0x22, 0x32 ->
                throw new ProxyHeaderException("the PROXY protocol header is for datagrams, but came over a stream");
            default ->
                throw new ProxyHeaderException(String.format(
                        "the PROXY protocol header has family and protocol 0x%02x, known are 0x00, 0x11, 0x21 and 0x31",
                        familyAndProtocol));
        };
    }

    /** The bytes of both addresses. */
    int length() {
        return this == INET || this == INET6 ? 2 * (addressLength + Short.BYTES) : 2 * addressLength;
    }

    @Nullable SocketAddress source(ByteBuffer addresses) throws ProxyHeaderException {
        return address(addresses, 0);
    }

    @Nullable SocketAddress destination(ByteBuffer addresses) throws ProxyHeaderException {
        return address(addresses, 1);
    }

    private @Nullable SocketAddress address(ByteBuffer addresses, int index) throws ProxyHeaderException {
        int start = addresses.position();
        byte[] bytes = new byte[addressLength];
        addresses.get(start + index * addressLength, bytes);
        return switch (this) {
            case UNSPECIFIED -> null;
            case UNIX -> unix(bytes);
            case INET, INET6 ->
                new InetSocketAddress(
                        Ip4Word.address(bytes),
                        addresses.getShort(start + 2 * addressLength + index * Short.BYTES) & 0xFFFF);
        };
    }

    /** The path up to the first zero. Without one it is unnamed, as clients are; so is an abstract one, unknown to Java. */
    private static UnixDomainSocketAddress unix(byte[] bytes) throws ProxyHeaderException {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        try {
            return UnixDomainSocketAddress.of(new String(bytes, 0, end, PATHS));
        } catch (InvalidPathException e) {
            throw new ProxyHeaderException("the PROXY protocol header has a Unix-domain path that is none here");
        }
    }

    /** What the file system's names are in. */
    private static final Charset PATHS = Charset.forName(
            System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
}

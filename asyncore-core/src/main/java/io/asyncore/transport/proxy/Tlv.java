package io.asyncore.transport.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One of the values that a header of version 2 carries behind the addresses; immutable, for any thread. */
public final class Tlv {

    /** The upper protocol, as in ALPN: {@code h2}, {@code http/1.1}. */
    public static final int ALPN = 0x01;

    /** The host name that the client asked for, in TLS the one of SNI; UTF-8. */
    public static final int AUTHORITY = 0x02;

    /** A checksum of the whole header; the parser has verified it. */
    public static final int CRC32C = 0x03;

    /** Padding; the parser leaves it out. */
    public static final int NOOP = 0x04;

    /** What the proxy knows the connection by, at most 128 bytes. */
    public static final int UNIQUE_ID = 0x05;

    /** The client's TLS; see {@link ClientTls}. */
    public static final int SSL = 0x20;

    /** The name of the network namespace; ASCII. */
    public static final int NETNS = 0x30;

    private final int type;
    private final byte[] value;

    /**
     * A value of a type.
     *
     * @param type 0 to 255
     */
    public Tlv(int type, byte[] value) {
        if (type < 0 || type > 0xFF) {
            throw new IllegalArgumentException("type must be between 0 and 255, but is " + type);
        }
        this.type = type;
        this.value = value.clone();
    }

    /** One of the constants here, or another: 0xE0 to 0xEF are for applications. */
    public int type() {
        return type;
    }

    /** A copy of the bytes. */
    public byte[] value() {
        return value.clone();
    }

    /** How many bytes the value has. */
    public int length() {
        return value.length;
    }

    /**
     * The bytes as text in UTF-8, malformed ones replaced. The proxy may have it from its client: escape it before logging.
     */
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tlv tlv && type == tlv.type && Arrays.equals(value, tlv.value);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(value);
    }

    /** Type and length; the value may be long, or hostile to a log. */
    @Override
    public String toString() {
        return String.format("0x%02x[%d]", type, value.length);
    }
}

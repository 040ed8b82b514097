package io.asyncore.transport.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads the values of a header, each of which is a byte of type, two of length and so many more. */
final class Tlvs {

    private static final int PREFIX = 3;
    private static final int MAX_UNIQUE_ID = 128;
    private static final int TLS_FIXED = 5;

    private Tlvs() {}

    /** The values from an offset to the end of a header; checks those with a known form. */
    static List<Tlv> ofHeader(byte[] header, int from) throws ProxyHeaderException {
        List<Tlv> all = split(header, from);
        int at = from;
        int checksums = 0;
        for (Tlv tlv : all) {
            check(tlv);
            if (tlv.type() == Tlv.CRC32C) {
                require(++checksums == 1, "has two checksums");
                verify(header, at + PREFIX);
            }
            at += PREFIX + tlv.length();
        }
        all.removeIf(tlv -> tlv.type() == Tlv.NOOP);
        return all;
    }

    private static List<Tlv> split(byte[] bytes, int from) throws ProxyHeaderException {
        List<Tlv> all = new ArrayList<>();
        int at = from;
        while (at < bytes.length) {
            require(bytes.length - at >= PREFIX, "ends within the type and length of a value");
            int length = ByteBuffer.wrap(bytes).getShort(at + 1) & 0xFFFF;
            int start = at + PREFIX;
            require(length <= bytes.length - start, "ends before its last value does");
            all.add(new Tlv(bytes[at] & 0xFF, Arrays.copyOfRange(bytes, start, start + length)));
            at = start + length;
        }
        return all;
    }

    private static void check(Tlv tlv) throws ProxyHeaderException {
        switch (tlv.type()) {
            case Tlv.CRC32C -> require(tlv.length() == Integer.BYTES, "has a checksum that is not of four bytes");
            case Tlv.UNIQUE_ID -> require(tlv.length() <= MAX_UNIQUE_ID, "has a unique id of more than 128 bytes");
            case Tlv.SSL -> clientTls(tlv);
            default -> {
                // whatever it is, it is kept
            }
        }
    }

    /** The checksum is that of the header with zeros in its place. */
    private static void verify(byte[] header, int at) throws ProxyHeaderException {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, at);
        crc.update(new byte[Integer.BYTES]);
        crc.update(header, at + Integer.BYTES, header.length - at - Integer.BYTES);
        require((int) crc.getValue() == ByteBuffer.wrap(header).getInt(at), "does not match its checksum");
    }

    static ClientTls clientTls(Tlv tlv) throws ProxyHeaderException {
        byte[] value = tlv.value();
        require(value.length >= TLS_FIXED, "has too few bytes about TLS");
        int verifyResult = ByteBuffer.wrap(value).getInt(1);
        return ClientTls.of(value[0], verifyResult, split(value, TLS_FIXED));
    }

    private static void require(boolean holds, String otherwise) throws ProxyHeaderException {
        if (!holds) {
            throw new ProxyHeaderException("the PROXY protocol header " + otherwise);
        }
    }

    static @Nullable Tlv first(List<Tlv> tlvs, int type) {
        for (Tlv tlv : tlvs) {
            if (tlv.type() == type) {
                return tlv;
            }
        }
        return null;
    }

    static @Nullable String text(List<Tlv> tlvs, int type) {
        Tlv first = first(tlvs, type);
        return first == null ? null : first.text();
    }
}

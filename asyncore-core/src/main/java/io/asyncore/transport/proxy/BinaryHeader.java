package io.asyncore.transport.proxy;

import io.asyncore.transport.proxy.ProxyHeader.Command;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header of version 2: sixteen fixed bytes, the last two of which say how many follow; addresses; values.
 *
 * <p>What follows in a header of the proxy's own connections, or of unspecified family, is skipped unread, as the
 * specification demands: nobody can tell what it is.
 */
final class BinaryHeader implements ProxyHeaderParser.Form {

    static final byte FIRST = 0x0D;
    static final int FIXED_LENGTH = 16;

    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int COMMAND_AT = 12;
    private static final int FAMILY_AT = 13;
    private static final int LENGTH_AT = 14;

    private final int maxLength;
    private byte[] bytes = new byte[FIXED_LENGTH];
    private int length;
    private Command command = Command.PROXY;
    private Family family = Family.UNSPECIFIED;

    BinaryHeader(int maxLength) {
        this.maxLength = maxLength;
    }

    @Override
    public @Nullable ProxyHeader take(ByteBuffer input) throws ProxyHeaderException {
        while (length < FIXED_LENGTH && input.hasRemaining()) {
            bytes[length] = input.get();
            checkFixed(length++);
        }
        int count = Math.min(input.remaining(), bytes.length - length);
        if (length >= FIXED_LENGTH) {
            input.get(bytes, length, count);
            length += count;
        }
        return length >= FIXED_LENGTH && length == bytes.length ? header() : null;
    }

    private void checkFixed(int at) throws ProxyHeaderException {
        switch (at) {
            case COMMAND_AT -> command = command(bytes[at] & 0xFF);
            case FAMILY_AT -> family = command == Command.LOCAL ? Family.UNSPECIFIED : Family.of(bytes[at] & 0xFF);
            case LENGTH_AT -> checkLength((bytes[at] & 0xFF) << 8);
            case LENGTH_AT + 1 -> makeRoom(ByteBuffer.wrap(bytes).getShort(LENGTH_AT) & 0xFFFF);
            default -> checkSignature(at);
        }
    }

    private void checkSignature(int at) throws ProxyHeaderException {
        if (bytes[at] != SIGNATURE[at]) {
            throw ProxyHeaderException.unexpected(bytes, at + 1, "the signature of version 2");
        }
    }

    private static Command command(int versionAndCommand) throws ProxyHeaderException {
        return switch (versionAndCommand) {
            case 0x20 -> Command.LOCAL;
            case 0x21 -> Command.PROXY;
            default ->
                throw new ProxyHeaderException(String.format(
                        "the binary PROXY protocol header has version and command 0x%02x, known are 0x20 and 0x21",
                        versionAndCommand));
        };
    }

    private void checkLength(int following) throws ProxyHeaderException {
        if (FIXED_LENGTH + following > maxLength) {
            throw new ProxyHeaderException("the PROXY protocol header would have at least " + (FIXED_LENGTH + following)
                    + " bytes, at most " + maxLength + " are taken");
        }
    }

    private void makeRoom(int following) throws ProxyHeaderException {
        checkLength(following);
        if (following < family.length()) {
            throw new ProxyHeaderException("the PROXY protocol header has " + following + " bytes for addresses of "
                    + family + ", which need " + family.length());
        }
        byte[] whole = new byte[FIXED_LENGTH + following];
        System.arraycopy(bytes, 0, whole, 0, FIXED_LENGTH);
        bytes = whole;
    }

    private ProxyHeader header() throws ProxyHeaderException {
        if (family == Family.UNSPECIFIED) {
            return new ProxyHeader(2, command, null, null, List.of());
        }
        List<Tlv> tlvs = Tlvs.ofHeader(bytes, FIXED_LENGTH + family.length());
        ByteBuffer addresses = ByteBuffer.wrap(bytes, FIXED_LENGTH, family.length());
        return new ProxyHeader(2, command, family.source(addresses), family.destination(addresses), tlvs);
    }
}

package io.asyncore.transport.proxy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes one PROXY header, of either version, from bytes as they arrive, however they are split. For one thread at a time.
 *
 * <p>Strict: a byte with which no header can go on is refused when it comes, so that whatever speaks another protocol fails
 * at its first bytes. Of a header of version 1 this holds for each byte; values inside one of version 2 are looked at when it
 * is whole. Memory: at most the length of one header, and none for a length that is not acceptable.
 */
public final class ProxyHeaderParser {

    /** The longest header of version 2 by default, in bytes. */
    public static final int DEFAULT_MAX_LENGTH = 4096;

    /** A header of one of the versions, under way. */
    interface Form {
        /** Takes bytes up to the header's end at most; null if there are too few yet. */
        @Nullable ProxyHeader take(ByteBuffer input) throws ProxyHeaderException;
    }

    private final int maxLength;
    private @Nullable Form form;
    private boolean finished;
    private int length;

    /** A parser for one header with the default maximum length. */
    public ProxyHeaderParser() {
        this(DEFAULT_MAX_LENGTH);
    }

    /**
     * A parser for one header.
     *
     * @param maxLength the longest header of version 2, in bytes; one of version 1 has at most 107
     */
    public ProxyHeaderParser(int maxLength) {
        if (maxLength < BinaryHeader.FIXED_LENGTH) {
            throw new IllegalArgumentException(
                    "maxLength must be at least " + BinaryHeader.FIXED_LENGTH + ", but is " + maxLength);
        }
        this.maxLength = maxLength;
    }

    /**
     * Takes the next bytes of the header from the buffer.
     *
     * @return the header, with what came behind it left in the buffer; or null if all bytes were taken and more are needed
     * @throws ProxyHeaderException if this is no header; the parser is of no more use then
     * @throws IllegalStateException if the header is whole already, or was refused
     */
    public @Nullable ProxyHeader feed(ByteBuffer input) throws ProxyHeaderException {
        if (finished) {
            throw new IllegalStateException("this header has been parsed: make a new parser for each connection");
        }
        if (!input.hasRemaining()) {
            return null;
        }
        int before = input.position();
        finished = true;
        ProxyHeader header = form(input).take(input);
        finished = header != null;
        length += input.position() - before;
        return header;
    }

    /** How many bytes of the header have been taken; when it is whole, its length. */
    public int length() {
        return length;
    }

    private Form form(ByteBuffer input) throws ProxyHeaderException {
        if (form == null) {
            form = begun(input.get());
            input.position(input.position() - 1);
        }
        return form;
    }

    private Form begun(byte first) throws ProxyHeaderException {
        return switch (first) {
            case TextHeader.FIRST -> new TextHeader();
            case BinaryHeader.FIRST -> new BinaryHeader(maxLength);
            default ->
                throw ProxyHeaderException.unexpected(
                        new byte[] {first}, 1, "\"PROXY\", or the signature of version 2");
        };
    }
}

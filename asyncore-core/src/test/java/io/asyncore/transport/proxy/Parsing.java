package io.asyncore.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What becomes of bytes: a header and how many of them it had, or an error and the byte at which it came. */
record Parsing(@Nullable ProxyHeader header, @Nullable String error, int length) {

    static Parsing of(byte[] bytes) {
        return of(bytes, ProxyHeaderParser.DEFAULT_MAX_LENGTH);
    }

    static Parsing of(byte[] bytes, int maxLength) {
        ByteBuffer all = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        ProxyHeaderParser parser = new ProxyHeaderParser(maxLength);
        try {
            ProxyHeader header = parser.feed(all);
            require(parser.length() == all.position() && (header != null || !all.hasRemaining()));
            return new Parsing(header, null, all.position());
        } catch (ProxyHeaderException e) {
            return new Parsing(null, e.getMessage(), all.position());
        }
    }

    static Parsing of(String text) {
        return of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The same bytes in random pieces, each in a buffer that ends where the piece does. */
    static Parsing inPieces(byte[] bytes, Random random) {
        ProxyHeaderParser parser = new ProxyHeaderParser();
        int at = 0;
        while (at < bytes.length) {
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(1 + random.nextInt(9), bytes.length - at));
            try {
                ProxyHeader header = parser.feed(piece);
                at = piece.position();
                if (header != null) {
                    return new Parsing(header, null, at);
                }
                require(!piece.hasRemaining());
            } catch (ProxyHeaderException e) {
                return new Parsing(null, e.getMessage(), piece.position());
            }
        }
        return new Parsing(null, null, at);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("the parser needs more, but has left something");
        }
    }

    ProxyHeader whole() {
        assertThat(error).isNull();
        assertThat(header).isNotNull();
        return header;
    }

    String refusal() {
        assertThat(error).as("%s", header).isNotNull();
        return error;
    }
}

package io.asyncore.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What holds for any bytes. The property {@code io.asyncore.proxyCases} sets how many inputs are tried without being
 * valid, {@code asyncore.seed} which.
 */
class ProxyHeaderParserTest {

    private static final int CASES = Integer.getInteger("io.asyncore.proxyCases", 100_000);

    /** Escaped and capped. */
    private static final Pattern SAFE = Pattern.compile("[ -~]{1,700}");

    private final long seed = Long.getLong("asyncore.seed", 4711);
    private final Random random = new Random(seed);

    @Test
    void readsWhatWasWrittenHoweverItIsSplit() {
        for (int i = 0; i < CASES / 5; i++) {
            Headers.Sample sample = Headers.random(random);
            byte[] bytes = Headers.concat(sample.bytes(), bytes(random.nextInt(20)));
            Parsing expected = new Parsing(sample.header(), null, sample.bytes().length);
            assertSame(Parsing.of(bytes), expected);
            assertSame(Parsing.inPieces(bytes, random), expected);
        }
    }

    @Test
    void needsMoreUntilTheLastByte() {
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = Headers.random(random).bytes();
            for (int length = 0; length < bytes.length; length++) {
                ProxyHeaderParser parser = new ProxyHeaderParser();
                assertThat(feed(parser, ByteBuffer.wrap(bytes, 0, length))).isNull();
                assertThat(parser.length()).isEqualTo(length);
                length += random.nextInt(8);
            }
        }
    }

    private static @Nullable ProxyHeader feed(ProxyHeaderParser parser, ByteBuffer bytes) {
        try {
            return parser.feed(bytes);
        } catch (ProxyHeaderException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void survivesArbitraryBytes() {
        for (int i = 0; i < CASES / 2; i++) {
            byte[] bytes = bytes(random.nextInt(64));
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = random.nextBoolean() ? TextHeader.FIRST : BinaryHeader.FIRST;
            }
            assertSameInPieces(bytes);
        }
    }

    @Test
    void survivesHeadersThatWereDamaged() {
        int taken = 0;
        for (int i = 0; i < CASES / 2; i++) {
            Parsing parsing = assertSameInPieces(damaged(Headers.random(random).bytes()));
            if (parsing.header() != null) {
                taken++;
                assertThat(accessors(parsing.header())).isNotNull();
            }
        }
        assertThat(taken).as("damage that does not show, in a port say").isBetween(1, CASES / 2 - 1);
    }

    /** Whatever the parser lets through, nobody trips over later. */
    private static String accessors(ProxyHeader header) {
        ClientTls tls = header.clientTls();
        return header.authority() + header.alpn() + header + (tls == null ? "" : tls.commonName() + tls);
    }

    private byte[] damaged(byte[] bytes) {
        byte[] damaged = bytes.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 2 ->
                    damaged = Headers.concat(
                            Arrays.copyOf(damaged, at + 1), Arrays.copyOfRange(damaged, at, damaged.length));
                default -> damaged = Arrays.copyOf(damaged, at + 1);
            }
        }
        return damaged;
    }

    private Parsing assertSameInPieces(byte[] bytes) {
        Parsing atOnce = Parsing.of(bytes);
        assertSame(Parsing.inPieces(bytes, random), atOnce);
        if (atOnce.error() != null && !SAFE.matcher(atOnce.error()).matches()) {
            fail("seed %s: not to be logged: %s", seed, atOnce.error());
        }
        return atOnce;
    }

    /** Without the descriptions that AssertJ makes, of which there would be hundreds of thousands. */
    private void assertSame(Parsing actual, Parsing expected) {
        if (!actual.equals(expected)) {
            assertThat(actual).as("seed %s", seed).isEqualTo(expected);
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void isOfNoUseAfterItsHeader() throws Exception {
        ProxyHeaderParser parser = new ProxyHeaderParser();
        assertThat(parser.feed(ByteBuffer.allocate(0))).isNull();
        assertThat(parser.feed(ByteBuffer.wrap(Headers.ascii("PROXY UNKNOWN\r\n"))))
                .isNotNull();
        assertThatIllegalStateException().isThrownBy(() -> parser.feed(ByteBuffer.wrap(new byte[1])));

        ProxyHeaderParser refusing = new ProxyHeaderParser();
        assertThatThrownBy(() -> refusing.feed(ByteBuffer.wrap(new byte[1]))).isInstanceOf(ProxyHeaderException.class);
        assertThatIllegalStateException().isThrownBy(() -> refusing.feed(ByteBuffer.wrap(new byte[1])));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxyHeaderParser(15));
    }
}

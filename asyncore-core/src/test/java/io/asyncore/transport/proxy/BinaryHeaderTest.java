package io.asyncore.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.transport.proxy.ProxyHeader.Command;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Version 2: what is taken, and what is refused when. */
class BinaryHeaderTest {

    private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.1", 56_324);
    private static final InetSocketAddress DESTINATION = new InetSocketAddress("198.51.100.2", 443);

    private static byte[] header(Tlv... tlvs) {
        return Headers.of(SOURCE, DESTINATION, List.of(tlvs), false).bytes();
    }

    private static Tlv tlv(int type, String value) {
        return new Tlv(type, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusalOf(int versionAndCommand, int family, int blockLength) {
        return Parsing.of(Headers.fixed(versionAndCommand, family, new byte[blockLength]))
                .refusal();
    }

    @Test
    void takesAddresses() {
        assertThat(Parsing.of(header()).whole())
                .isEqualTo(new ProxyHeader(2, Command.PROXY, SOURCE, DESTINATION, List.of()));
        InetSocketAddress six = new InetSocketAddress("2001:db8::1", 65_535);
        InetSocketAddress other = new InetSocketAddress("2001:db8::2", 0);
        assertThat(Parsing.of(Headers.of(six, other, List.of(), true).bytes())
                        .whole()
                        .source())
                .isEqualTo(six);
        UnixDomainSocketAddress server = UnixDomainSocketAddress.of("/run/server.sock");
        UnixDomainSocketAddress unnamed = UnixDomainSocketAddress.of("");
        ProxyHeader unix = Parsing.of(
                        Headers.of(unnamed, server, List.of(), false).bytes())
                .whole();
        assertThat(unix.source()).isEqualTo(unnamed);
        assertThat(unix.destination()).isEqualTo(server);
    }

    @Test
    void takesUnixPathsOfAnyLengthAndAbstractOnesAsUnnamed() {
        byte[] block = new byte[216];
        Arrays.fill(block, 0, 108, (byte) 'x'); // no zero at its end
        block[109] = 'y'; // Linux: an abstract name begins with a zero
        ProxyHeader header = Parsing.of(Headers.fixed(0x21, 0x31, block)).whole();
        assertThat(header.source()).isEqualTo(UnixDomainSocketAddress.of("x".repeat(108)));
        assertThat(header.destination()).isEqualTo(UnixDomainSocketAddress.of(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x11, 0x12, 0x31, 0x44, 0xFF})
    void skipsWhatTheProxysOwnConnectionsSay(int family) {
        for (int length : List.of(0, 1, 12, 36, 300)) {
            byte[] bytes = Headers.fixed(0x20, family, new byte[length]);
            Parsing parsing = Parsing.of(Headers.concat(bytes, bytes));
            assertThat(parsing.whole()).isEqualTo(new ProxyHeader(2, Command.LOCAL, null, null, List.of()));
            assertThat(parsing.length()).isEqualTo(16 + length);
        }
    }

    @Test
    void skipsWhatIsUnspecified() {
        assertThat(Parsing.of(Headers.fixed(0x21, 0x00, new byte[7])).whole())
                .isEqualTo(new ProxyHeader(2, Command.PROXY, null, null, List.of()));
    }

    @Test
    void refusesOtherVersionsCommandsAndFamiliesAtTheirByte() {
        for (int b = 0; b < 256; b++) {
            byte[] bytes = Headers.fixed(b, 0x11, new byte[12]);
            Parsing parsing = Parsing.of(bytes);
            assertThat(parsing.length()).isEqualTo(b == 0x20 || b == 0x21 ? 28 : 13);
            assertThat(parsing.header() != null).isEqualTo(b == 0x20 || b == 0x21);
            if (!List.of(0x00, 0x11, 0x21, 0x31).contains(b)) {
                assertThat(Parsing.of(Headers.fixed(0x21, b, new byte[216])).length())
                        .isEqualTo(14);
            }
        }
        assertThat(refusalOf(0x11, 0x11, 12)).contains("version and command 0x11");
        assertThat(refusalOf(0x21, 0x41, 12)).contains("family and protocol 0x41");
        assertThat(refusalOf(0x21, 0x22, 36)).contains("datagrams");
    }

    @Test
    void refusesALengthThatCannotBe() {
        assertThat(refusalOf(0x21, 0x11, 11)).contains("11 bytes for addresses of INET, which need 12");
        assertThat(refusalOf(0x21, 0x21, 35)).contains("INET6");
        assertThat(refusalOf(0x21, 0x31, 215)).contains("UNIX");
        assertThat(Parsing.of(Headers.fixed(0x20, 0, new byte[4080])).length()).isEqualTo(4096);
        assertThat(refusalOf(0x20, 0, 4081)).contains("4097 bytes, at most 4096");
        assertThat(Parsing.of(Headers.fixed(0x20, 0, new byte[0x1000])).length())
                .as("the first byte of the length says it")
                .isEqualTo(15);
        assertThat(Parsing.of(Headers.fixed(0x20, 0, new byte[0xFFFF]), 16 + 0xFFFF)
                        .length())
                .isEqualTo(16 + 0xFFFF);
    }

    @Test
    void refusesTheFirstByteBesideTheSignature() {
        for (int i = 1; i < 12; i++) {
            byte[] bytes = header();
            bytes[i] ^= 1;
            Parsing parsing = Parsing.of(bytes);
            assertThat(parsing.refusal()).contains("byte " + (i + 1) + " of").contains("\"\\x0d");
            assertThat(parsing.length()).isEqualTo(i + 1);
        }
    }

    @Test
    void keepsValuesInTheirOrder() {
        Tlv[] tlvs = {tlv(0xE0, "a"), tlv(0x02, "one"), tlv(0xE0, ""), tlv(0x02, "two"), tlv(0xE0, "a")};
        ProxyHeader header = Parsing.of(header(tlvs)).whole();
        assertThat(header.tlvs()).containsExactly(tlvs);
        assertThat(header.authority()).isEqualTo("one");
    }

    @Test
    void namesTheKnownValues() {
        ProxyHeader header = Parsing.of(header(
                        tlv(Tlv.AUTHORITY, "b\u00fccher.example"),
                        new Tlv(Tlv.NOOP, new byte[3]),
                        tlv(Tlv.ALPN, "h2"),
                        new Tlv(Tlv.UNIQUE_ID, new byte[] {1, 2, (byte) 0xFF}),
                        tlv(Tlv.NETNS, "blue")))
                .whole();
        assertThat(header.authority()).isEqualTo("b\u00fccher.example");
        assertThat(header.alpn()).isEqualTo("h2");
        assertThat(header.uniqueId()).containsExactly(1, 2, 0xFF);
        assertThat(header.tlvs())
                .extracting(Tlv::type)
                .containsExactly(Tlv.AUTHORITY, Tlv.ALPN, Tlv.UNIQUE_ID, Tlv.NETNS);
        assertThat(header.tlvs().get(3).text()).isEqualTo("blue");
        ProxyHeader none = Parsing.of(header()).whole();
        assertThat(none.authority()).isNull();
        assertThat(none.alpn()).isNull();
        assertThat(none.uniqueId()).isNull();
        assertThat(none.clientTls()).isNull();
    }

    @Test
    void tellsOfTheClientsTls() {
        List<Tlv> details = List.of(
                tlv(0x21, "TLSv1.3"),
                tlv(0x22, "J\u00fcrgen"),
                tlv(0x23, "TLS_AES_256_GCM_SHA384"),
                tlv(0x24, "RSA-SHA256"),
                tlv(0x25, "RSA2048"));
        ClientTls tls =
                Parsing.of(header(Headers.tls(0x07, 0, details))).whole().clientTls();
        assertThat(tls).isEqualTo(new ClientTls(true, true, true, 0, details));
        assertThat(tls.isVerified()).isTrue();
        assertThat(tls.version()).isEqualTo("TLSv1.3");
        assertThat(tls.commonName()).isEqualTo("J\u00fcrgen");
        assertThat(tls.cipher()).isEqualTo("TLS_AES_256_GCM_SHA384");
        assertThat(tls.signatureAlgorithm()).isEqualTo("RSA-SHA256");
        assertThat(tls.keyAlgorithm()).isEqualTo("RSA2048");

        ClientTls unverified =
                Parsing.of(header(Headers.tls(0x03, 18, List.of()))).whole().clientTls();
        assertThat(unverified).isEqualTo(new ClientTls(true, true, false, 18, List.of()));
        assertThat(unverified.isVerified()).isFalse();
        assertThat(unverified.version()).isNull();
        assertThat(Parsing.of(header(Headers.tls(0x01, 0, List.of())))
                        .whole()
                        .clientTls()
                        .isVerified())
                .as("there was no certificate to verify")
                .isFalse();
    }

    @Test
    void refusesValuesThatDoNotFillTheHeader() {
        byte[] fits = header(tlv(0xE0, "abc"));
        for (int missing = 1; missing < 6; missing++) {
            byte[] bytes = Arrays.copyOf(fits, fits.length - missing);
            ByteBuffer.wrap(bytes).putShort(14, (short) (bytes.length - 16));
            assertThat(Parsing.of(bytes).refusal()).contains(missing < 4 ? "before its last value" : "type and length");
        }
        byte[] longer = header(tlv(0xE0, "abc"));
        ByteBuffer.wrap(longer).putShort(29, (short) 0xFFFF);
        assertThat(Parsing.of(longer).refusal()).contains("before its last value");
    }

    @Test
    void refusesKnownValuesOfAnotherForm() {
        assertThat(Parsing.of(header(new Tlv(Tlv.UNIQUE_ID, new byte[129]))).refusal())
                .contains("unique id");
        assertThat(Parsing.of(header(new Tlv(Tlv.SSL, new byte[4]))).refusal()).contains("TLS");
        assertThat(Parsing.of(header(new Tlv(Tlv.SSL, new byte[] {1, 0, 0, 0, 0, 0x21, 0, 1})))
                        .refusal())
                .contains("before its last value");
        assertThat(Parsing.of(header(new Tlv(Tlv.CRC32C, new byte[3]))).refusal())
                .contains("four bytes");
    }

    @Test
    void verifiesTheChecksum() {
        byte[] good =
                Headers.of(SOURCE, DESTINATION, List.of(tlv(0xE0, "abc")), true).bytes();
        assertThat(Parsing.of(good).whole().tlvs()).extracting(Tlv::type).containsExactly(0xE0, Tlv.CRC32C);
        int type = good.length - 7; // another there, and it is no checksum any more
        for (int at = 16; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            assertThat(Parsing.of(bad).header() != null).as("at %s", at).isEqualTo(at == type);
        }
        byte[] otherPort = good.clone();
        otherPort[24]++;
        assertThat(Parsing.of(otherPort).refusal()).contains("does not match its checksum");
        byte[] twice = Headers.of(SOURCE, DESTINATION, List.of(new Tlv(Tlv.CRC32C, new byte[4])), true)
                .bytes();
        assertThat(Parsing.of(twice).refusal()).contains("checksum");
    }

    /** Computed bit by bit with the polynomial, independently of Java's implementation. */
    @Test
    void knowsTheChecksumOfAFixedHeader() {
        byte[] bytes = Headers.concat(
                Headers.SIGNATURE,
                new byte[] {0x21, 0x11, 0, 19},
                new byte[] {127, 0, 0, 1, 127, 0, 0, 1, 0, 80, 0, 81},
                new byte[] {3, 0, 4, (byte) 0xd7, (byte) 0xc8, 0x30, (byte) 0xc3});
        assertThat(Parsing.of(bytes).whole().source()).isEqualTo(new InetSocketAddress("127.0.0.1", 80));
    }

    @Test
    void isImmutable() {
        byte[] value = {1};
        Tlv tlv = new Tlv(0xE0, value);
        value[0] = 2;
        tlv.value()[0] = 3;
        assertThat(tlv.value()).containsExactly(1);
        assertThat(tlv).hasToString("0xe0[1]").isNotEqualTo(new Tlv(0xE1, tlv.value()));
        assertThatThrownBy(() -> new Tlv(256, value)).hasMessageContaining("256");
    }
}

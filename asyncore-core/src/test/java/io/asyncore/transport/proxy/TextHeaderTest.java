package io.asyncore.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Version 1: which lines are headers, which are not, and at which byte that shows. */
class TextHeaderTest {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])";
    private static final String IP4 = OCTET + "(\\." + OCTET + "){3}";
    private static final String PORT =
            "(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{1,3}|[0-9])";
    private static final Pattern GRAMMAR = Pattern.compile(
            "PROXY (TCP4 " + IP4 + " " + IP4 + " " + PORT + " " + PORT + "|UNKNOWN( [ -~]{0,91})?)\r\n");

    private static final Pattern LAX = Pattern.compile("[0-9a-fA-F]{5}|\\b0[0-9]+\\.|\\.0[0-9]");

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(host, port);
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443,         192.0.2.1, 56324, 198.51.100.2, 443",
        "PROXY TCP4 0.0.0.0 255.255.255.255 0 65535,          0.0.0.0, 0, 255.255.255.255, 65535",
        "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535, 255.255.255.255, 65535, 255.255.255.255, 65535",
        "PROXY TCP6 2001:db8::1 ::1 1 2,                      2001:db8::1, 1, ::1, 2",
        "PROXY TCP6 2001:DB8::aBcD fe80::1 1 2,               2001:db8::abcd, 1, fe80::1, 2",
        "PROXY TCP6 :: 1:: 1 2,                               ::, 1, 1::, 2",
        "PROXY TCP6 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7:: 1 2,      1:2:3:4:5:6:7:8, 1, 1:2:3:4:5:6:7:0, 2",
        "PROXY TCP6 ::2:3:4:5:6:7:8 1::3:4:5:6:7:8 1 2,       0:2:3:4:5:6:7:8, 1, 1:0:3:4:5:6:7:8, 2",
        "PROXY TCP6 ::ffff:192.0.2.1 ::ffff:198.51.100.2 1 2, 192.0.2.1, 1, 198.51.100.2, 2",
        "PROXY TCP6 64:ff9b::192.0.2.1 1:2:3:4:5:6:1.2.3.4 1 2, 64:ff9b::c000:201, 1, 1:2:3:4:5:6:102:304, 2",
        "PROXY TCP6 0001:0:00::00ff ::0 1 2,                  1::ff, 1, ::, 2",
    })
    void takesTheLine(String line, String source, int sourcePort, String destination, int destinationPort) {
        Parsing parsing = Parsing.of(line + "\r\nmore");
        assertThat(parsing.whole())
                .isEqualTo(new ProxyHeader(
                        1,
                        ProxyHeader.Command.PROXY,
                        address(source, sourcePort),
                        address(destination, destinationPort),
                        List.of()));
        assertThat(parsing.length()).isEqualTo(line.length() + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY UNKNOWN",
                "PROXY UNKNOWN ",
                "PROXY UNKNOWN ffff:f:f:f:f:f:f:ffff ffff:f:f:f:f:f:f:ffff 65535 65535",
                "PROXY UNKNOWN  whatever  it says, TCP4 or not",
                "PROXY UNKNOWN ...............................................................................1234567890"
            })
    void takesALineThatSaysNothing(String line) {
        Parsing parsing = Parsing.of(line + "\r\n\r\n");
        assertThat(parsing.whole()).isEqualTo(new ProxyHeader(1, ProxyHeader.Command.PROXY, null, null, List.of()));
        assertThat(parsing.length()).isEqualTo(line.length() + 2);
    }

    /** The bar stands before the byte that cannot be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "|GET / HTTP/1.1",
                "|proxy",
                "P|roxy",
                "P|OST /",
                "PROXY|\tTCP4",
                "PROXY|\r\n",
                "PROXY | TCP4",
                "PROXY TCP|5 ",
                "PROXY TCP|\r\n",
                "PROXY TCP4|\r\n",
                "PROXY TCP4|6",
                "PROXY U|DP4",
                "PROXY UNKNOWN|S\r\n",
                "PROXY UNKNOWN|\n",
                "PROXY UNKNOWN\r|X",
                "PROXY UNKNOWN\r|\r\n",
                "PROXY UNKNOWN a|\n",
                "PROXY UNKNOWN |\t",
                "PROXY UNKNOWN |\0",
                "PROXY UNKNOWN |\u00e4",
                "PROXY |tcp4",
                "PROXY TCP4 | 1.2.3.4",
                "PROXY TCP4 1.2.3|\r",
                "PROXY TCP4 1.2.3| ",
                "PROXY TCP4 1.2.3.|.4",
                "PROXY TCP4 |.1",
                "PROXY TCP4 1.2.3.4|.5",
                "PROXY TCP4 1.2.3.25|6 ",
                "PROXY TCP4 1.2.3.30|0 ",
                "PROXY TCP4 0|1.2.3.4",
                "PROXY TCP4 1.2.3.0|0 ",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1|\r\n",
                "PROXY TCP4 |-1",
                "PROXY TCP4 1.2.3.4 |::1",
                "PROXY TCP4 1.2.3.4 1.2.3.4 0|1",
                "PROXY TCP4 1.2.3.4 1.2.3.4 6553|6 ",
                "PROXY TCP4 1.2.3.4 1.2.3.4 | 1",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 9999|9\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2| \r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2| 3\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2|\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 |+2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 |\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r| \n",
                "PROXY TCP6 |.",
                "PROXY TCP6 |g",
                "PROXY TCP6 | ",
                "PROXY TCP6 1|.2.3.4",
                "PROXY TCP6 :|1",
                "PROXY TCP6 :| ",
                "PROXY TCP6 ::|:",
                "PROXY TCP6 1::2:|:",
                "PROXY TCP6 1:2:3:4:5:6:7|\r",
                "PROXY TCP6 1:2:3:4:5:6:7| ",
                "PROXY TCP6 1:2:3:4:5:6:7:| ",
                "PROXY TCP6 1:2:3:4:5:6:7:8|:",
                "PROXY TCP6 1:2:3:4:5:6:7::|8",
                "PROXY TCP6 ::1:2:3:4:5:6:7|:8",
                "PROXY TCP6 1234|5:",
                "PROXY TCP6 ::1|%1:",
                "PROXY TCP6 ::1:| ",
                "PROXY TCP6 ::256|.1.1.1",
                "PROXY TCP6 ::01|.1.1.1",
                "PROXY TCP6 ::f|.1.1.1",
                "PROXY TCP6 ::1.2.3.4|:",
                "PROXY TCP6 ::1.2.3| ",
                "PROXY TCP6 1:2:3:4:5:6:7:1|.2.3.4",
                "PROXY TCP6 1:2:3:4:5:1|.2.3.4",
                "PROXY TCP6 ::1:2:3:4:5:6:7|.2.3.4",
                "PROXY TCP6 ::1.2.3.4 |[::1]",
            })
    void refusesTheByteThatCannotBe(String marked) {
        int position = marked.indexOf('|');
        Parsing parsing = Parsing.of(marked.replace("|", ""));
        assertThat(parsing.refusal()).contains("byte " + (position + 1) + " of").isPrintable();
        assertThat(parsing.length()).isEqualTo(position + 1);
    }

    @Test
    void endsWithin107Bytes() {
        String longest = "PROXY UNKNOWN " + "x".repeat(107 - 14 - 2);
        assertThat(Parsing.of(longest + "\r\n").length()).isEqualTo(107);
        Parsing longer = Parsing.of(longest + "x\r\n");
        assertThat(longer.refusal()).contains("107 bytes");
        assertThat(longer.length()).isEqualTo(106);
        String digits = "0000:0000:0000:0000:0000:ffff:255.255.255.255";
        assertThat(Parsing.of("PROXY TCP6 " + digits + " " + digits + " 65535 65535\r\n")
                        .refusal())
                .contains("107 bytes");
    }

    @Test
    void saysWhatItExpected() {
        assertThat(Parsing.of("GET /").refusal())
                .isEqualTo("byte 1 of what should be a PROXY protocol header, \"G\", does not fit: expected \"PROXY\","
                        + " or the signature of version 2");
        assertThat(Parsing.of("PROXY TCP4 1.2.3.4\r\n").refusal())
                .isEqualTo(
                        "byte 19 of what should be a PROXY protocol header, \"PROXY TCP4 1.2.3.4\\x0d\", does not fit:"
                                + " expected an IPv4 address, or a space");
        assertThat(Parsing.of("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n").refusal()).endsWith("or the line to end");
        assertThat(Parsing.of("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\rX").refusal()).endsWith("expected a line feed");
    }

    /** Lines a little beside the grammar, compared with the grammar. */
    @Test
    void agreesWithTheGrammar() {
        Random random = new Random(11);
        String alphabet = "0123456789. \r\nPROXYTCP46UNKW:-a";
        int taken = 0;
        for (int i = 0; i < 30_000; i++) {
            StringBuilder line = new StringBuilder(
                    random.nextInt(4) == 0
                            ? "PROXY UNKNOWN 12 \r\n"
                            : "PROXY TCP4 1.20.0.255 10.0.200.4 " + random.nextInt(70_000) + " 443\r\n");
            for (int edits = random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(line.length());
                char other = alphabet.charAt(random.nextInt(alphabet.length()));
                line.replace(at, at + random.nextInt(2), String.valueOf(other));
            }
            if (line.charAt(0) == '\r' || line.indexOf("PROXY TCP6") == 0) {
                continue; // another grammar
            }
            Parsing parsing = Parsing.of(line.toString());
            int end = firstDecision(line.toString());
            assertThat(parsing.length()).as("%s", line).isEqualTo(end);
            boolean matches = GRAMMAR.matcher(line.substring(0, end)).matches();
            assertThat(parsing.header() != null).as("%s", line).isEqualTo(matches);
            taken += matches ? 1 : 0;
        }
        assertThat(taken).isBetween(5_000, 25_000);
    }

    /** After how many characters it is clear that the grammar's line is there, or cannot be. */
    private static int firstDecision(String line) {
        for (int end = 1; end <= line.length(); end++) {
            Matcher matcher = GRAMMAR.matcher(line.substring(0, end));
            if (matcher.matches() || !matcher.hitEnd()) {
                return end;
            }
        }
        return line.length();
    }

    /** What Java's own parser takes, and where it is as strict as the protocol, nothing else. */
    @Test
    void readsIpv6AddressesAsJavaDoes() throws Exception {
        Random random = new Random(12);
        String[] parts = {"0", "1", "ab", "0f", "FFFF", "12345", ":", ":", ":", ":", "::", "1.2.3.4", "255.255.0.1", "."
        };
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = 1 + random.nextInt(16); n > 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            String address = text.toString();
            if (!address.contains(":") || LAX.matcher(address).find()) {
                continue; // a host name to Java, or taken by Java although it has too many zeros
            }
            Parsing parsing = Parsing.of("PROXY TCP6 " + address + " ::1 1 2\r\n");
            InetAddress expected = javas(address);
            assertThat(parsing.header() != null).as(address).isEqualTo(expected != null);
            if (expected != null) {
                taken++;
                assertThat(parsing.whole().source()).isEqualTo(new InetSocketAddress(expected, 1));
            }
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    private static @Nullable InetAddress javas(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException none) {
            return null;
        }
    }

    /** A prefix of an address that is taken can become one: nothing is refused later than it could be. */
    @Test
    void takesNoCharacterThatLeadsNowhere() {
        Random random = new Random(13);
        String alphabet = "0129af:::::.";
        for (int i = 0; i < 20_000; i++) {
            ProxyWord word = new ProxyWord();
            for (int n = random.nextInt(40); n > 0; n--) {
                word.tryNext(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(word.canBeCompleted()).as(word.text).isTrue();
        }
    }

    /** An address under way, of the characters that the parser takes. */
    private static final class ProxyWord {
        private String text = "";

        void tryNext(char next) {
            if (word(text + next) != null) {
                text += next;
            }
        }

        private static @Nullable Ip6Word word(String text) {
            Ip6Word word = new Ip6Word();
            for (char each : text.toCharArray()) {
                if (!word.take(each)) {
                    return null;
                }
            }
            return word;
        }

        boolean canBeCompleted() {
            for (String begin : List.of("", "0", ":", ":0", "0.0", ".0", ".0.0", ".0.0.0", "0.0.0", "0.0.0.0")) {
                for (int groups = 0; groups < 8; groups++) {
                    Ip6Word word = word(text + begin + ":0".repeat(groups));
                    if (word != null && word.isWhole()) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    @Test
    void mapsToTheIpv4ClientThatItIs() {
        ProxyHeader header =
                Parsing.of("PROXY TCP6 ::ffff:c000:201 ::1 1 2\r\n").whole();
        assertThat(header.source())
                .isInstanceOfSatisfying(
                        InetSocketAddress.class,
                        source -> assertThat(source.getAddress()).isInstanceOf(Inet4Address.class));
    }
}

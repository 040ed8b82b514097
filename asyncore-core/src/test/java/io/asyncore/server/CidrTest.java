package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,        10.255.1.2,       true",
        "10.0.0.0/8,        11.0.0.0,         false",
        "10.0.0.0/8,        9.255.255.255,    false",
        "192.168.4.0/22,    192.168.7.255,    true",
        "192.168.4.0/22,    192.168.8.0,      false",
        "192.0.2.7,         192.0.2.7,        true",
        "192.0.2.7,         192.0.2.6,        false",
        "192.0.2.7/32,      192.0.2.7,        true",
        "0.0.0.0/0,         255.255.255.255,  true",
        "0.0.0.0/0,         ::1,              false",
        "::/0,              2001:db8::1,      true",
        "::/0,              192.0.2.1,        false",
        "128.0.0.0/1,       200.1.1.1,        true",
        "128.0.0.0/1,       127.255.255.255,  false",
        "2001:db8::/32,     2001:db8:ffff::1, true",
        "2001:db8::/32,     2001:db9::1,      false",
        "2001:DB8::1,       2001:db8::1,      true",
        "fe80::/10,         febf::1,          true",
        "fe80::/10,         fec0::1,          false",
        "::1,               ::1,              true",
        "::ffff:10.0.0.0/104, 10.1.2.3,       true",
        "::ffff:10.0.0.0/104, 11.1.2.3,       false",
        "::ffff:0:0/96,     192.0.2.1,        true",
        "::ffff:192.0.2.1,  192.0.2.1,        true",
    })
    void containsWhatItsBitsSay(String block, String address, boolean expected) throws Exception {
        assertThat(Cidr.parse(block).contains(InetAddress.getByName(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0 /8",
                " 10.0.0.0/8",
                "10.0.0/8",
                "010.0.0.0/8",
                "10.0.0.256",
                "1.2.3.4.5",
                "0x0a.0.0.0",
                "::/129",
                "::g",
                ":",
                ":::",
                "1:2:3",
                "1:2:3:4:5:6:7:8:9",
                "fe80::1%lo",
                "[::1]",
                "::ffff:0:0/95",
                "::1.2.3",
                "::256.0.0.1",
                "٣.0.0.0/8",
                "10.0.0.0/٣"
            })
    void refusesWhatIsNoBlock(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text)).withMessageContaining("'" + text + "'");
    }

    /** The first would be found, were it looked for. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "example.com", "256.1.1.1", "a", "1.2.3", "dead.beef", "a.b/8"})
    void refusesAHostName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse(name))
                .withMessageContaining("write it in numbers");
    }

    @Test
    void showsTheBeginningOfAVeryLongText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse("x".repeat(100_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8,          10.0.0.0/8",
        "192.168.1.1/31,      192.168.1.0/31",
        "1.2.3.4/0,           0.0.0.0/0",
        "2001:db8::1/32,      2001:db8:0:0:0:0:0:0/32",
        "::ffff:10.1.1.1/104, 10.0.0.0/8",
    })
    void namesTheBlockThatWasMeant(String text, String meant) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text)).withMessageEndingWith("write " + meant);
        assertThat(Cidr.parse(meant)).hasToString(meant);
    }

    @Test
    void blocksOfTheSameAddressesAreEqual() {
        assertThat(Cidr.parse("::ffff:10.0.0.0/104"))
                .isEqualTo(Cidr.parse("10.0.0.0/8"))
                .hasSameHashCodeAs(Cidr.parse("10.0.0.0/8"))
                .isNotEqualTo(Cidr.parse("10.0.0.0/9"))
                .isNotEqualTo(Cidr.parse("11.0.0.0/8"));
        assertThat(Cidr.parse("::1/128")).isEqualTo(Cidr.parse("::1")).isNotEqualTo(Cidr.parse("0.0.0.1"));
    }

    /** Only with trouble can such an address be made, but then it is still the IPv4 client. */
    @Test
    void knowsAMappedAddressThatStayedIpv6() throws Exception {
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xFF;
        bytes[12] = 10;
        Inet6Address mapped = Inet6Address.getByAddress("mapped", bytes, 0);
        assertThat(Cidr.parse("10.0.0.0/8").contains(mapped)).isTrue();
        assertThat(Cidr.parse("::/0").contains(mapped)).isFalse();
    }

    /** Bit by bit, as a person would do it. */
    @Test
    void agreesWithCountingBits() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] address = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(address);
            address[0] |= 1; // no mapped one
            int prefix = random.nextInt(address.length * 8 + 1);
            byte[] other = address.clone();
            int flipped = random.nextInt(address.length * 8);
            other[flipped / 8] ^= (byte) (0x80 >> flipped % 8);
            byte[] network = address.clone();
            for (int bit = prefix; bit < network.length * 8; bit++) {
                network[bit / 8] &= (byte) ~(0x80 >> bit % 8);
            }
            Cidr block = Cidr.parse(InetAddress.getByAddress(network).getHostAddress() + "/" + prefix);
            assertThat(block.contains(InetAddress.getByAddress(address))).isTrue();
            assertThat(block.contains(InetAddress.getByAddress(other))).isEqualTo(flipped >= prefix);
        }
    }
}

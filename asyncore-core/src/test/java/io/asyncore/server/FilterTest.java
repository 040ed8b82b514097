package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterTest {

    private static final SocketAddress UNIX = UnixDomainSocketAddress.of("");

    private static SocketAddress peer(String address) {
        return new InetSocketAddress(address, 4711);
    }

    @Test
    void letsEverybodyInByDefault() {
        assertThat(Filter.ALL.admits(peer("192.0.2.1"))).isTrue();
        assertThat(Filter.ALL.admits(peer("2001:db8::1"))).isTrue();
        assertThat(Filter.ALL.admits(UNIX)).isTrue();
    }

    @Test
    void letsOnlyTheAllowedIn() {
        Filter filter = Filter.parse(List.of("192.0.2.0/24", "::1"), List.of());
        assertThat(filter.admits(peer("192.0.2.1"))).isTrue();
        assertThat(filter.admits(peer("::1"))).isTrue();
        assertThat(filter.admits(peer("192.0.3.1"))).isFalse();
        assertThat(filter.admits(peer("2001:db8::1"))).isFalse();
    }

    @Test
    void keepsTheDeniedOutEvenIfAllowed() {
        Filter filter = Filter.parse(List.of("192.0.2.0/24"), List.of("192.0.2.7"));
        assertThat(filter.admits(peer("192.0.2.6"))).isTrue();
        assertThat(filter.admits(peer("192.0.2.7"))).isFalse();
        assertThat(Filter.parse(List.of(), List.of("192.0.2.7")).admits(peer("192.0.2.8")))
                .isTrue();
        assertThat(Filter.parse(List.of("192.0.2.7"), List.of("0.0.0.0/0")).admits(peer("192.0.2.7")))
                .isFalse();
    }

    @Test
    void leavesUnixPeersToFilePermissions() {
        assertThat(Filter.parse(List.of("192.0.2.0/24"), List.of("0.0.0.0/0", "::/0"))
                        .admits(UNIX))
                .isTrue();
    }

    @Test
    void keepsOutWhoHasNoAddress() {
        assertThat(Filter.ALL.admits(InetSocketAddress.createUnresolved("localhost", 1)))
                .isFalse();
    }

    @Test
    void namesTheListAndTheBlockThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Filter.parse(List.of("10.0.0.0/8", "somewhere"), List.of()))
                .withMessageStartingWith("filter.allow: ")
                .withMessageContaining("'somewhere'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Filter.parse(List.of(), List.of("10.0.0.1/8")))
                .withMessageStartingWith("filter.deny: ")
                .withMessageContaining("10.0.0.0/8");
    }

    @Test
    void doesNotChangeWithTheListsItWasMadeOf() {
        List<Cidr> deny = new ArrayList<>();
        Filter filter = new Filter(List.of(), deny);
        deny.add(Cidr.parse("0.0.0.0/0"));
        assertThat(filter.admits(peer("192.0.2.1"))).isTrue();
    }

    /** A list of thousands, asked for each of thousands of connections, is no burden: far below a millisecond each. */
    @Test
    void isFastEnoughForLongLists() {
        List<Cidr> deny = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            deny.add(Cidr.parse("10." + i / 256 + "." + i % 256 + ".0/24"));
        }
        Filter filter = new Filter(List.of(), deny);
        SocketAddress last = peer("10.19.135.1");
        SocketAddress none = peer("11.0.0.1");
        long start = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            assertThat(filter.admits(none) && !filter.admits(last)).isTrue();
        }
        assertThat((System.nanoTime() - start) / 4_000).isLessThan(1_000_000);
    }
}

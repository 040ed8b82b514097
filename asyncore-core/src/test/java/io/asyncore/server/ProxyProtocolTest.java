package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyProtocolTest {

    @Test
    void believesOnlyThoseItNames() {
        ProxyProtocol options = ProxyProtocol.required("10.0.0.0/8", "2001:db8::/32");
        assertThat(options.isRequired()).isTrue();
        assertThat(options.isTrusted(new InetSocketAddress("10.1.2.3", 1))).isTrue();
        assertThat(options.isTrusted(new InetSocketAddress("2001:db8::7", 1))).isTrue();
        assertThat(options.isTrusted(new InetSocketAddress("11.1.2.3", 1))).isFalse();
        assertThat(options.isTrusted(new InetSocketAddress("::1", 1))).isFalse();
        assertThat(options.isTrusted(InetSocketAddress.createUnresolved("proxy", 1)))
                .isFalse();
        assertThat(options.isTrusted(UnixDomainSocketAddress.of(""))).isTrue();
    }

    @Test
    void trustsNobodyBySilence() {
        assertThat(ProxyProtocol.OFF.isRequired()).isFalse();
        assertThat(ProxyProtocol.OFF.isTrusted(new InetSocketAddress("127.0.0.1", 1)))
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(ProxyProtocol::required)
                .withMessageContaining("proxyProtocol.trusted")
                .withMessageContaining("0.0.0.0/0 and ::/0");
        ProxyProtocol everybody = ProxyProtocol.required("0.0.0.0/0", "::/0");
        assertThat(everybody.isTrusted(new InetSocketAddress("192.0.2.1", 1))).isTrue();
        assertThat(everybody.isTrusted(new InetSocketAddress("2001:db8::1", 1))).isTrue();
    }

    @Test
    void namesWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyProtocol.required("lb.example.com"))
                .withMessageStartingWith("proxyProtocol.trusted: ")
                .withMessageContaining("lb.example.com");
        for (int length : List.of(-1, 0, 231, 16 + 65_536)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ProxyProtocol(ProxyProtocol.Mode.OFF, List.of(), length))
                    .withMessageContaining("proxyProtocol.headerLength")
                    .withMessageEndingWith("but is " + length);
        }
    }
}

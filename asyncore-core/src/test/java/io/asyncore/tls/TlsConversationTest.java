package io.asyncore.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.transport.tls.TlsTransport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends are ours: a server that speaks TLS from the first byte, and clients that turn it on. */
class TlsConversationTest {

    private final SSLContext server = Identity.localhost().context();
    private final SSLContext client = Identity.trustingContext(Identity.localhost());

    private Supplier<SSLEngine> speaking(String protocol) {
        return () -> {
            SSLEngine engine = Host.serverEngine(server);
            engine.setEnabledProtocols(new String[] {protocol});
            return engine;
        };
    }

    private Talker client(Host host, Talker.Extra onTls) throws Exception {
        return host.connect(() -> {
            Talker talker = new Talker();
            talker.onConnect = each -> each.startTls(client, "localhost", host.port());
            talker.onTls = onTls;
            return talker;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void echo(String protocol) throws Exception {
        try (Host host = Host.tls(speaking(protocol), Talker::echo)) {
            Talker talker = client(host, each -> each.send("hello".getBytes()));
            host.await(() -> talker.text().equals("hello"));
            assertThat(talker.notes).containsExactly("connect", "tls");
            TlsTransport tls = host.call(() -> talker.socket().unwrap(TlsTransport.class));
            assertThat(tls).isNotNull();
            assertThat(tls.isEstablished()).isTrue();
            assertThat(tls.isHandshaking()).isFalse();
            assertThat(tls.handshakeNanos()).isPositive();
            assertThat(tls.applicationProtocol()).isEmpty();
            SSLSession session = tls.session();
            assertThat(session).isNotNull();
            assertThat(session.getProtocol()).isEqualTo(protocol);
            assertThat(session.getPeerCertificates())
                    .containsExactly(Identity.localhost().certificate());
        }
    }

    /** More than all buffers on the way hold, both ways at the same time. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void muchBothWays(String protocol) throws Exception {
        byte[] much = new byte[5_000_000];
        new Random(1).nextBytes(much);
        try (Host host = Host.tls(speaking(protocol), Talker::echo)) {
            List<Talker> talkers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                talkers.add(client(host, each -> {
                    each.send(much);
                }));
            }
            for (Talker talker : talkers) {
                host.await(() -> talker.receivedBytes() == much.length);
                assertThat(host.call(talker::take)).isEqualTo(much);
                host.call(() -> {
                    talker.closeWhenDone();
                    return null;
                });
            }
            host.await(() -> host.loop.map().size() == 1);
            assertThat(talkers).extracting(Talker::closeReason).containsOnly(CloseReason.LOCAL);
        }
    }

    @Test
    void whatIsSentDuringTheHandshakeFollows() throws Exception {
        try (Host host = Host.tls(server, Talker::echo)) {
            Talker talker = host.connect(() -> {
                Talker each = new Talker();
                each.onConnect = fresh -> {
                    fresh.startTls(client, "localhost", host.port());
                    fresh.send("one ".getBytes());
                };
                each.onTls = established -> established.send("two".getBytes());
                return each;
            });
            host.await(() -> talker.text().equals("one two"));
        }
    }

    @Test
    void closeWhenDoneDuringTheHandshake() throws Exception {
        List<Talker> served = new ArrayList<>();
        Supplier<Talker> handlers = () -> {
            Talker talker = new Talker();
            served.add(talker);
            return talker;
        };
        byte[] much = new byte[1_000_000];
        Arrays.fill(much, (byte) 'x');
        try (Host host = Host.tls(server, handlers)) {
            Talker talker = host.connect(() -> {
                Talker each = new Talker();
                each.onConnect = fresh -> {
                    fresh.startTls(client, "localhost", host.port());
                    fresh.send(much);
                    fresh.closeWhenDone();
                };
                return each;
            });
            host.await(() -> host.loop.map().size() == 1);
            assertThat(served.get(0).receivedBytes()).isEqualTo(much.length);
            assertThat(served.get(0).notes).containsExactly("connect", "tls", "eof");
            assertThat(talker.notes).containsExactly("connect", "close");
            assertThat(talker.closeReason()).isEqualTo(CloseReason.LOCAL);
        }
    }

    @Test
    void aHandlerMayLookAtNothingUntilItIsDone() throws Exception {
        Talker silent = new Talker();
        try (Host host =
                Host.plain(ChannelOptions.DEFAULTS.withHandshakeTimeout(java.time.Duration.ofMillis(50)), () -> {
                    silent.onConnect = each -> each.startTls(Host.serverEngine(server));
                    return silent;
                })) {
            try (java.net.Socket peer = new java.net.Socket("127.0.0.1", host.port())) {
                assertThat(peer.isConnected()).isTrue();
                host.await(silent::isClosed);
                assertThat(silent.closeReason()).isEqualTo(CloseReason.HANDSHAKE_TIMEOUT);
                assertThat(silent.notes).containsExactly("connect", "close");
            }
        }
    }
}

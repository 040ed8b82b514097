package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.asyncore.ChannelSnapshot;
import io.asyncore.chat.LineChat;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import io.asyncore.tls.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that speaks TLS, at once or when a handler says so, behind a proxy or not. */
@Timeout(60)
class TlsTest {

    private static final Identity SELF = Identity.localhost();
    private static final Identity OTHER = Identity.rsa("localhost");

    private final Queue<RejectReason> rejected = new ConcurrentLinkedQueue<>();

    /** Echoes lines; turns TLS on when it is told to. */
    private static final class Lines extends LineChat {
        @Override
        protected void handleLine(String line) {
            if (line.equals("tls")) {
                pushLine("go ahead");
                startTls();
            } else {
                pushLine(line);
            }
        }
    }

    private Server.Builder described(Ssl ssl) {
        return Server.builder()
                .name("secret")
                .address(InetAddress.getLoopbackAddress())
                .handler(Lines::new)
                .ssl(ssl)
                .listener(new ServerListener() {
                    @Override
                    public void onRejected(SocketAddress peer, RejectReason reason) {
                        rejected.add(reason);
                    }
                });
    }

    private static Socket plain(Server server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
        return socket;
    }

    private static SSLSocket secure(Socket plain, Identity trusted) throws IOException {
        SSLContext context = Identity.trustingContext(trusted);
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        socket.startHandshake();
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertEchoes(Socket socket) throws IOException {
        say(socket, "hello\n");
        assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                        .readLine())
                .isEqualTo("hello");
    }

    @Test
    void fromTheFirstByte() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        try (Server server = described(Ssl.of(SELF.context())).start();
                SSLSocket client = secure(plain(server), SELF)) {
            assertEchoes(client);
            List<ChannelSnapshot> connections = server.channels().get(20, TimeUnit.SECONDS).stream()
                    .filter(channel -> channel.handler().equals(Lines.class.getName()))
                    .toList();
            assertThat(connections).hasSize(1);
            assertThat(connections.get(0).tlsProtocol()).isEqualTo("TLSv1.3");
            assertThat(server.channel(connections.get(0).id()).get(20, TimeUnit.SECONDS))
                    .isPresent();
            assertThat(server.channel(-1).get(20, TimeUnit.SECONDS)).isEmpty();
        }
        before.assertNothingLeft();
        assertThat(LiveThreads.named("asyncore-secret")).isEmpty();
    }

    @Test
    void whenAHandlerSaysSo() throws Exception {
        try (Server server = described(Ssl.of(SELF.context()).withStartTls()).start();
                Socket plain = plain(server)) {
            say(plain, "tls\n");
            assertThat(plain.getInputStream().readNBytes(10))
                    .isEqualTo("go ahead\r\n".getBytes(StandardCharsets.UTF_8));
            try (SSLSocket client = secure(plain, SELF)) {
                assertEchoes(client);
            }
        }
    }

    @Test
    void plainTextIsNoHandshake() throws Exception {
        try (Server server = described(Ssl.of(SELF.context())).start();
                Socket plain = plain(server)) {
            say(plain, "hello, is anybody there? please answer\n");
            plain.getInputStream().readAllBytes(); // an alert perhaps
            Await.until("it is told", () -> rejected.contains(RejectReason.TLS));
            assertThat(server.connectionCount()).isZero();
        }
    }

    @Test
    void whoSaysNothingIsNotWaitedFor() throws Exception {
        Timeouts timeouts = Timeouts.DEFAULTS.withHandshake(Duration.ofMillis(50));
        try (Server server =
                        described(Ssl.of(SELF.context())).timeouts(timeouts).start();
                Socket silent = plain(server)) {
            silent.getInputStream().readAllBytes(); // an alert perhaps, then the end
            Await.until("it is told", () -> rejected.contains(RejectReason.TLS));
        }
    }

    @Test
    void aNewCertificateIsForNewConnections() throws Exception {
        try (Server server = described(Ssl.of(SELF.context())).start();
                SSLSocket old = secure(plain(server), SELF)) {
            assertEchoes(old);
            server.replaceSsl(Ssl.keyStore(OTHER.keyStore(), Identity.PASSWORD));
            try (SSLSocket young = secure(plain(server), OTHER)) {
                assertEchoes(young);
                assertThat(young.getSession().getPeerCertificates()).containsExactly(OTHER.certificate());
            }
            assertEchoes(old);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.replaceSsl(Ssl.pem(Path.of("absent.pem"), Path.of("absent.key"))))
                    .withMessageContaining("absent.pem");
            try (SSLSocket young = secure(plain(server), OTHER)) {
                assertEchoes(young);
            }
        }
    }

    @Test
    void enginesThatSomebodyElseMakesHaveTheProtocolsAndSuitesOfTheirMaker() throws Exception {
        String suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
        Supplier<SSLEngine> all =
                Ssl.keyStore(SELF.keyStore(), Identity.PASSWORD).keys().load();
        Ssl narrow = Ssl.of(() -> {
            SSLEngine engine = all.get();
            engine.setEnabledProtocols(new String[] {"TLSv1.2"});
            engine.setEnabledCipherSuites(new String[] {suite});
            return engine;
        });
        try (Server server = described(narrow).start();
                SSLSocket client = secure(plain(server), SELF)) {
            assertEchoes(client);
            assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(client.getSession().getCipherSuite()).isEqualTo(suite);
        }
    }

    @Test
    void whoMakesNoEnginesStopsTheStartAndLaterHasNoClients() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Ssl ssl = Ssl.of(() -> {
            if (broken.get()) {
                throw new IllegalStateException("no engine today");
            }
            return SELF.context().createSSLEngine();
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> described(ssl).start())
                .withMessage("no engine today");
        broken.set(false);
        try (Server server = described(ssl).start()) {
            broken.set(true);
            try (Socket refused = plain(server)) {
                assertThat(refused.getInputStream().read()).isEqualTo(-1);
            }
            broken.set(false);
            try (SSLSocket client = secure(plain(server), SELF)) {
                assertEchoes(client);
            }
        }
    }

    @Test
    void aServerWithoutTlsHasNothingToReplace() throws Exception {
        try (Server server = described(Ssl.of(SELF.context())).ssl(null).start()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> server.replaceSsl(Ssl.of(SELF.context())))
                    .withMessageContaining("without TLS");
        }
    }

    @Test
    void aBrokenCertificateStopsTheStart() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> described(Ssl.pem(Path.of("absent.pem"), Path.of("absent.key")))
                        .start())
                .withMessageContaining("absent.pem");
        before.assertNothingLeft();
    }

    /** The header in plain text, then the handshake, all of its first flight in the same segment. */
    @Test
    void behindAProxy() throws Exception {
        Server.Builder described =
                described(Ssl.of(SELF.context())).proxyProtocol(ProxyProtocol.required("127.0.0.0/8"));
        try (Server server = described.start();
                Socket plain = plain(server);
                Joined joined = new Joined(plain, "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\n");
                SSLSocket client = secure(joined, SELF)) {
            assertEchoes(client);
            assertThat(server.connections().get(0).address()).hasToString("/192.0.2.7:4711");
        }
    }
}

package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.chat.LineChat;
import io.asyncore.cpython.CapturedLog;
import io.asyncore.descriptors.Await;
import io.asyncore.interop.Installed;
import io.asyncore.interop.Program;
import io.asyncore.tls.Identity;
import io.asyncore.tls.MailHandler;
import io.asyncore.tls.OpenSsl;
import io.asyncore.transport.tls.TlsTransport;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that others have written, as clients of a server that speaks TLS; skipped where they are missing. */
@Timeout(60)
@ResourceLock("log of io.asyncore")
class RealTlsClientsTest {

    private static final Identity SELF = Identity.localhost();
    private static final Identity OTHER = Identity.rsa("other.example");
    private static final Identity CLIENT = Identity.host("client.example");
    private static final Identity STRANGER = Identity.host("stranger.example");

    /** Connects, checks certificate and name, asks, and ends the session in good order. */
    private static final String PYTHON_CLIENT = """
            import socket, ssl, sys
            context = ssl.create_default_context(cafile=sys.argv[2])
            context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, sys.argv[3])
            with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20) as plain:
                secure = context.wrap_socket(plain, server_hostname="localhost")
                print(secure.version())
                secure.sendall(b"x" * 100000 + b"\\n")
                answer = b""
                while not answer.endswith(b"\\n"):
                    answer += secure.recv(65536)
                print(len(answer))
                secure.unwrap().close()
                print("ended")
            """;

    /** Trusts whom its machine trusts, which is nobody here. */
    private static final String PYTHON_STRANGER = """
            import socket, ssl, sys
            context = ssl.create_default_context()
            context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, sys.argv[3])
            with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20) as plain:
                try:
                    context.wrap_socket(plain, server_hostname="localhost")
                except ssl.SSLCertVerificationError as refused:
                    print(refused.verify_message)
            """;

    private static final String PYTHON_MAIL = """
            import smtplib, ssl, sys
            mail = smtplib.SMTP("127.0.0.1", int(sys.argv[1]), timeout=20)
            mail.ehlo()
            print(mail.noop())
            print(mail.starttls(context=ssl.create_default_context(cafile=sys.argv[2])))
            print(mail.sock.version())
            mail.ehlo()
            print(mail.noop())
            mail.close()
            """;

    @TempDir
    private Path directory;

    private final List<CloseReason> ended = new CopyOnWriteArrayList<>();
    private final List<RejectReason> rejected = new CopyOnWriteArrayList<>();

    private Server serve(Ssl ssl, Supplier<? extends Dispatcher> handlers) throws Exception {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(handlers::get)
                .ssl(ssl)
                .limits(Limits.DEFAULTS.withFrameLength(200_000))
                .listener(new ServerListener() {
                    @Override
                    public void onEnded(Dispatcher handler, CloseReason reason) {
                        ended.add(reason);
                    }

                    @Override
                    public void onRejected(SocketAddress peer, RejectReason reason) {
                        rejected.add(reason);
                    }
                })
                .start();
    }

    private Server serve(Ssl ssl) throws Exception {
        return serve(ssl, EchoLines::new);
    }

    private Path certificate(Identity identity) throws Exception {
        return written(identity.name() + ".pem", identity.certificatePem());
    }

    private Path key(Identity identity) throws Exception {
        return written(identity.name() + ".key", identity.keyPem());
    }

    /** Once: a program that was started with this file may be reading it. */
    private Path written(String name, String content) throws Exception {
        Path file = directory.resolve(name);
        return Files.exists(file) ? file : Files.writeString(file, content);
    }

    // ---- openssl ----

    /** It looks at the certificate. */
    private Program openssl(Server server, Identity expected, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        Collections.addAll(all, "-CAfile", certificate(expected).toString(), "-verify_return_error");
        Collections.addAll(all, "-verify_hostname", expected.name());
        return OpenSsl.orSkip().connect(server.port(), all.toArray(String[]::new));
    }

    /** Where a dump of a session's ticket ends without a line feed, the answer stands behind it. */
    private static void assertEchoes(Program client) throws Exception {
        client.type("hello\n");
        client.awaitLine(Pattern.compile("hello\r?$"));
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
    void opensslTalks(String option, String protocol) throws Exception {
        try (Server server = serve(Ssl.of(SELF.context()));
                Program client = openssl(server, SELF, option, "-brief")) {
            client.awaitLine(Pattern.compile("Protocol version: " + protocol));
            assertEchoes(client);
            client.endInput();
            client.awaitEnd();
            Await.until("the server hears of it", () -> ended.contains(CloseReason.PEER));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslGetsTheCertificateOfTheHostThatItWants(String option) throws Exception {
        Ssl ssl = Ssl.of(SELF.context()).withHost("*.example", Ssl.of(OTHER.context()));
        try (Server server = serve(ssl);
                Program first = openssl(server, SELF, option, "-noservername");
                Program second = openssl(server, OTHER, option, "-servername", "other.example");
                Program third = openssl(server, SELF, option, "-servername", "example")) {
            assertEchoes(first);
            assertEchoes(second);
            assertEchoes(third);
        }
    }

    private Ssl asking() throws Exception {
        return Ssl.pem(certificate(SELF), key(SELF))
                .withTrusted(certificate(CLIENT))
                .withClientAuth(Ssl.ClientAuth.NEED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslShowsItsCertificate(String option) throws Exception {
        try (Server server = serve(asking());
                Program client =
                        openssl(server, SELF, option, "-cert", certificate(CLIENT) + "", "-key", key(CLIENT) + "")) {
            assertEchoes(client);
        }
    }

    /** Which alert it is depends on the JDK. With TLS 1.3 the refusal is the first that the client reads. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslWithoutACertificateIsRefused(String option) throws Exception {
        try (Server server = serve(asking());
                Program client = openssl(server, SELF, option)) {
            client.awaitLine(
                    Pattern.compile("alert (bad certificate|handshake failure|certificate required)|alert number 116"));
            Await.until("it is told", () -> rejected.contains(RejectReason.TLS));
            assertThat(ended).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, alert certificate unknown", "-tls1_3, alert certificate unknown"})
    void opensslWithAStrangersCertificateIsRefused(String option, String alert) throws Exception {
        try (Server server = serve(asking());
                Program client = openssl(
                        server, SELF, option, "-cert", certificate(STRANGER) + "", "-key", key(STRANGER) + "")) {
            client.awaitLine(Pattern.compile(alert));
            Await.until("it is told", () -> rejected.contains(RejectReason.TLS));
            assertThat(ended).isEmpty();
        }
    }

    /** A certificate is welcome then, but need not be; a bad one is refused all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslMayShowACertificateOrNot(String option) throws Exception {
        String stranger = certificate(STRANGER).toString();
        try (Server server = serve(asking().withClientAuth(Ssl.ClientAuth.WANT), Known::new);
                Program without = openssl(server, SELF, option);
                Program with =
                        openssl(server, SELF, option, "-cert", certificate(CLIENT) + "", "-key", key(CLIENT) + "");
                Program bad = openssl(server, SELF, option, "-cert", stranger, "-key", key(STRANGER) + "")) {
            without.type("who am I?\n");
            without.awaitLine(Pattern.compile("nobody\r?$"));
            with.type("who am I?\n");
            with.awaitLine(Pattern.compile("CN=client.example\r?$"));
            bad.awaitLine(Pattern.compile("alert certificate unknown"));
        }
    }

    /** Says by what certificate it knows its client. */
    private static final class Known extends LineChat {
        @Override
        protected void handleLine(String line) throws Exception {
            SSLSession session =
                    Objects.requireNonNull(socket().unwrap(TlsTransport.class)).session();
            String name;
            try {
                name = Objects.requireNonNull(session).getPeerPrincipal().getName();
            } catch (SSLPeerUnverifiedException nobodyIsKnown) {
                name = "nobody";
            }
            pushLine(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslSpeaksPlainTextFirst(String option) throws Exception {
        try (Server server = serve(Ssl.of(SELF.context()).withStartTls(), MailHandler::new);
                Program client = openssl(server, SELF, option, "-starttls", "smtp", "-quiet")) {
            client.type("NOOP\r\n");
            client.awaitLine(Pattern.compile("250 NOOP over TLS"));
        }
    }

    /** The refusal is an end that is announced, not a connection that breaks. */
    @Test
    void opensslThatRenegotiatesIsToldTheEnd() throws Exception {
        try (Server server = serve(Ssl.of(SELF.context()));
                Program client = openssl(server, SELF, "-tls1_2", "-msg")) {
            assertEchoes(client);
            client.type("R\n");
            client.awaitLine(Pattern.compile("RENEGOTIATING"));
            client.awaitLine(Pattern.compile("^<<< .*Alert.*warning close_notify"));
            Await.until("it is told", () -> ended.contains(CloseReason.TLS_FAILED));
        }
    }

    // ---- Python ----

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void pythonTalks(String protocol) throws Exception {
        try (Server server = serve(Ssl.of(SELF.context()));
                Program client = python(PYTHON_CLIENT, server, protocol)) {
            assertThat(client.awaitEnd()).containsExactly(protocol.replace('_', '.'), "100002", "ended");
            Await.until("the server hears of it", () -> ended.contains(CloseReason.PEER));
        }
    }

    /** With TLS 1.3 it says so in plain text, which the engine takes for a damaged record. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void pythonDoesNotTrustTheServer(String protocol) throws Exception {
        try (CapturedLog log = new CapturedLog();
                Server server = serve(Ssl.of(SELF.context()));
                Program client = python(PYTHON_STRANGER, server, protocol)) {
            client.awaitEnd();
            Await.until("it is told", () -> rejected.contains(RejectReason.TLS));
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN TLS"))
                    .singleElement()
                    .asString()
                    .contains("TLS handshake failed, closing <" + TlsHandshake.class.getName())
                    .endsWith(
                            ": the peer ended the TLS handshake with the alert unknown_ca: it does not trust this side's"
                                    + " certificate: it does not know who has signed it");
            assertThat(log.throwables()).anyMatch(trace -> trace.contains("Caused by: javax.net.ssl.SSL"));
        }
    }

    @Test
    void pythonsMailClientTurnsTlsOn() throws Exception {
        try (Server server = serve(Ssl.of(SELF.context()).withStartTls(), MailHandler::new);
                Program client = python(PYTHON_MAIL, server)) {
            assertThat(client.awaitEnd())
                    .containsExactly(
                            "(250, b'NOOP in plain text')", "(220, b'go ahead')", "TLSv1.3", "(250, b'NOOP over TLS')");
        }
    }

    private Program python(String script, Server server, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Installed.orSkip("python3"), "-c", script));
        Collections.addAll(command, server.port() + "", certificate(SELF).toString());
        Collections.addAll(command, arguments);
        return Program.start(command);
    }
}

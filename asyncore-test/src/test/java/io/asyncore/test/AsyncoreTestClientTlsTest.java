package io.asyncore.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.chat.LineChat;
import io.asyncore.server.Server;
import io.asyncore.server.Ssl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test client's TLS against a real server. */
class AsyncoreTestClientTlsTest {

    private static final class Parrot extends LineChat {
        @Override
        protected void handleLine(String line) {
            switch (line) {
                case "STARTTLS" -> {
                    pushLine("go ahead");
                    startTls();
                }
                case "chatter" -> {
                    pushLine("go ahead");
                    pushLine("by the way");
                }
                case "bye" -> closeWhenDone();
                case "abort" -> abort();
                default -> pushLine(line);
            }
        }

        @Override
        protected void handleEof() {
            pushLine("you have ended");
            closeWhenDone();
        }
    }

    @TempDir
    private static Path directory;

    private static ServerKey key;
    private static Ssl ssl;
    private static X509Certificate certificate;
    private static X509Certificate another;

    @BeforeAll
    static void keys() throws Exception {
        key = ServerKey.create(directory, "server");
        ssl = Ssl.keyStore(key.store(), ServerKey.PASSWORD);
        certificate = key.certificate();
        another = ServerKey.create(directory, "another").certificate();
    }

    private static Server server(Ssl ssl) throws IOException {
        return Server.builder().ssl(ssl).handler(Parrot::new).start();
    }

    @Test
    void aCertificateIsReadFromItsFile() throws Exception {
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Path file = Files.writeString(directory.resolve("certificate.pem"), pem);
        try (Server server = server(ssl);
                AsyncoreTestClient client =
                        AsyncoreTestClient.connect(server.port()).startTls(file)) {
            client.sendLine("tea");
            client.expectLine("tea");
            Path none = directory.resolve("none.pem");
            assertThatThrownBy(() -> client.startTls(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot read a certificate from " + none + ": there is no such file");
        }
    }

    @Test
    void linesHalfCloseAndEnd() throws IOException {
        try (Server server = server(ssl);
                AsyncoreTestClient client =
                        AsyncoreTestClient.connect(server.port()).startTls(certificate)) {
            assertThat(client.session().getProtocol()).isEqualTo("TLSv1.3");
            client.sendLine("tea");
            client.expectLine("tea");
            String long1 = "x".repeat(60_000);
            client.sendLine(long1);
            client.expectLine(long1);
            client.shutdownOutput();
            client.expectLine("you have ended");
            client.expectEnd();
        }
    }

    @Test
    void aReset() throws IOException {
        try (Server server = server(ssl);
                AsyncoreTestClient client =
                        AsyncoreTestClient.connect(server.port()).startTls(certificate);
                AsyncoreTestClient second =
                        AsyncoreTestClient.connect(server.port()).startTls(certificate)) {
            client.sendLine("abort");
            client.expectReset();
            second.timeout(Duration.ofMillis(50));
            assertThatThrownBy(second::expectEnd).hasMessageContaining("it did not within 50 ms");
        }
    }

    @Test
    void startTls() throws IOException {
        try (Server server = server(ssl.withStartTls());
                AsyncoreTestClient client = AsyncoreTestClient.connect(server.port())) {
            client.sendLine("plain");
            client.expectLine("plain");
            client.sendLine("STARTTLS");
            client.expectLine("go ahead");
            client.startTls(certificate);
            client.sendLine("secret");
            client.expectLine("secret");
        }
    }

    @Test
    void somethingThatNobodyReadBeforeTls() throws IOException {
        try (Server server = server(ssl.withStartTls());
                AsyncoreTestClient client = AsyncoreTestClient.connect(server.port())) {
            client.sendLine("chatter");
            client.expectLine("go ahead");
            assertThat(client.readBytes(1)).containsExactly('b');
            assertThatThrownBy(() -> client.startTls(certificate))
                    .hasMessageContaining("has sent \"y the way\\r\\n\" before TLS");
        }
    }

    @Test
    void aCertificateThatIsNotTrusted() throws IOException {
        try (Server server = server(ssl);
                AsyncoreTestClient client = AsyncoreTestClient.connect(server.port())) {
            assertThatThrownBy(() -> client.startTls(another))
                    .hasMessageStartingWith(
                            "cannot begin TLS with localhost/127.0.0.1:" + server.port() + " as 'localhost'")
                    .hasMessageContaining("PKIX path");
            assertThatThrownBy(client::readLine).hasMessageContaining("Closed");
        }
    }

    @Test
    void aCertificateOfAnotherHost() throws IOException {
        try (Server server = server(ssl);
                AsyncoreTestClient client = AsyncoreTestClient.connect(server.port())) {
            assertThatThrownBy(() -> client.startTls(certificate, "example.com"))
                    .hasMessageContaining("as 'example.com'")
                    .hasMessageContaining("No subject alternative DNS name matching example.com");
        }
    }

    @Test
    void aServerThatSpeaksNoTls() throws IOException {
        try (Server server = Server.builder().handler(Parrot::new).start();
                AsyncoreTestClient client =
                        AsyncoreTestClient.connect(server.port()).timeout(Duration.ofMillis(500))) {
            assertThatThrownBy(() -> client.startTls(certificate)).hasMessageContaining("cannot begin TLS with ");
        }
    }

    @Test
    void anEndThatIsNotAnnounced() throws Exception {
        try (TlsDoor door = new TlsDoor(key);
                AsyncoreTestClient client =
                        AsyncoreTestClient.connect(door.port()).startTls(certificate)) {
            client.expectLine("welcome");
            assertThatThrownBy(client::expectEnd).hasMessageContaining("close_notify");
        }
    }
}

package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.descriptors.Await;
import io.asyncore.interop.Installed;
import io.asyncore.interop.Program;
import io.asyncore.tls.Identity;
import io.asyncore.transport.proxy.ClientTls;
import io.asyncore.transport.proxy.ProxyHeader;
import io.asyncore.transport.proxy.Tlv;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real HAProxy sends, in both versions; skipped where there is none. */
@Timeout(60)
class HaproxyTest {

    @TempDir
    private Path directory;

    /** The first bytes of the client may come with the header, or later. */
    private static ProxyHeader talk(ProxiedServer server, Haproxy proxy) throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            client.setSoTimeout((int) Await.PATIENCE.toMillis());
            client.getOutputStream().write("I am\n".getBytes(StandardCharsets.US_ASCII));
            String expected = "I am /127.0.0.1:" + client.getLocalPort() + "\r\n";
            assertThat(client.getInputStream().readNBytes(expected.length()))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo(expected);
            return server.headers().stream()
                    .filter(header -> client.getLocalSocketAddress().equals(header.source()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:PORT,   send-proxy,    1",
        "127.0.0.1:PORT,   send-proxy-v2, 2",
        "127.0.0.1:PORT,   send-proxy-v2-ssl, 2",
        ":::PORT v4v6,     send-proxy,    1",
        ":::PORT v4v6,     send-proxy-v2, 2",
    })
    void tellsWhoTheClientIs(String bind, String server, int version) throws Exception {
        try (ProxiedServer door = new ProxiedServer();
                Haproxy proxy = Haproxy.inFrontOf(door.port(), directory, bind, server)) {
            ProxyHeader header = talk(door, proxy);
            assertThat(header.version()).isEqualTo(version);
            assertThat(header.command()).isEqualTo(ProxyHeader.Command.PROXY);
            assertThat(header.destination())
                    .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        }
    }

    @Test
    void tellsMoreWithItsChecksum() throws Exception {
        try (ProxiedServer door = new ProxiedServer();
                Haproxy proxy = Haproxy.inFrontOf(
                        door.port(),
                        directory,
                        "127.0.0.1:PORT",
                        "send-proxy-v2 proxy-v2-options ssl,unique-id,crc32c,authority")) {
            ProxyHeader header = talk(door, proxy);
            assertThat(header.tlvs()).extracting(Tlv::type).contains(Tlv.UNIQUE_ID, Tlv.CRC32C);
            int clientPort = ((InetSocketAddress) header.source()).getPort();
            assertThat(header.uniqueId()).asString(StandardCharsets.US_ASCII).isEqualTo(clientPort + "-unique");
        }
    }

    @Test
    void tellsOfTheTlsThatItEnded() throws Exception {
        Path certificate = certificate();
        try (ProxiedServer door = new ProxiedServer();
                Haproxy proxy = Haproxy.inFrontOf(
                        door.port(),
                        directory,
                        "127.0.0.1:PORT ssl crt " + certificate + " alpn line/1",
                        "send-proxy-v2-ssl-cn proxy-v2-options authority,ssl-cipher,cert-sig,cert-key");
                TlsPeer client = new TlsPeer(proxy.port(), "server.example", "line/1")) {
            assertThat(client.ask("I am")).isEqualTo("I am /127.0.0.1:" + client.port());
            ProxyHeader header = door.headers().stream()
                    .filter(each -> each.authority() != null)
                    .findFirst()
                    .orElseThrow();
            assertThat(header.authority()).isEqualTo("server.example");
            assertThat(header.alpn()).isEqualTo("line/1");
            ClientTls tls = header.clientTls();
            assertThat(tls.overTls()).isTrue();
            assertThat(tls.isVerified()).as("it showed no certificate").isFalse();
            assertThat(tls.version()).isEqualTo(client.protocol());
            assertThat(tls.cipher()).isEqualTo(client.cipher());
            assertThat(tls.keyAlgorithm()).isEqualTo("RSA2048");
            assertThat(tls.signatureAlgorithm()).isEqualTo("RSA-SHA256");
            assertThat(tls.commonName()).isNull();
        }
    }

    /** The header in plain text, behind it the session of a client whom HAProxy does not look at. */
    @ParameterizedTest
    @CsvSource({"send-proxy, 1", "send-proxy-v2, 2"})
    void passesTlsOn(String server, int version) throws Exception {
        Ssl ssl = Ssl.of(Identity.localhost().context()).withApplicationProtocols("line/1");
        try (ProxiedServer door = new ProxiedServer(ssl);
                Haproxy proxy = Haproxy.inFrontOf(door.port(), directory, "127.0.0.1:PORT", server);
                TlsPeer client = new TlsPeer(proxy.port(), "server.example", "line/1")) {
            assertThat(client.ask("I am")).isEqualTo("I am /127.0.0.1:" + client.port());
            assertThat(client.ask("still")).isEqualTo("still /127.0.0.1:" + client.port());
            assertThat(client.protocol()).isEqualTo("TLSv1.3");
            assertThat(client.applicationProtocol()).isEqualTo("line/1");
            assertThat(door.headers())
                    .singleElement()
                    .satisfies(header -> assertThat(header.version()).isEqualTo(version))
                    .satisfies(header -> assertThat(header.clientTls()).isNull());
        }
    }

    /** Key and certificate in one file, as HAProxy wants them. */
    private Path certificate() throws Exception {
        Path file = directory.resolve("server.pem");
        try (Program program = Program.start(List.of(
                Installed.orSkip("openssl"),
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-sha256",
                "-nodes",
                "-subj",
                "/CN=server.example",
                "-keyout",
                file.toString(),
                "-out",
                file + ".crt"))) {
            program.awaitEnd();
        }
        String pem = Files.readString(file) + Files.readString(Path.of(file + ".crt"));
        return Files.writeString(file, pem);
    }

    @Test
    void asksByItselfWhetherTheServerLives() throws Exception {
        try (ProxiedServer door = new ProxiedServer();
                Haproxy proxy = Haproxy.inFrontOf(
                        door.port(), directory, "127.0.0.1:PORT", "send-proxy-v2 check-send-proxy check inter 100")) {
            Await.until(
                    "a health check",
                    () -> door.headers().stream().anyMatch(header -> header.command() == ProxyHeader.Command.LOCAL));
            assertThat(talk(door, proxy).command()).isEqualTo(ProxyHeader.Command.PROXY);
        }
    }

    @Test
    void whoComesWithoutTheProxyIsSentAway() throws Exception {
        try (ProxiedServer door = new ProxiedServer();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            client.setSoTimeout((int) Await.PATIENCE.toMillis());
            client.getOutputStream().write('G');
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            Await.until("it is told", () -> door.rejected().contains(RejectReason.PROXY));
            assertThat(door.headers()).isEmpty();
        }
    }

    @Test
    void headerAndFirstDataInOneSegment() throws Exception {
        try (ProxiedServer door = new ProxiedServer();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            client.setSoTimeout((int) Await.PATIENCE.toMillis());
            byte[] together = "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nI am\nnow".getBytes(StandardCharsets.US_ASCII);
            client.getOutputStream().write(together);
            client.getOutputStream().write('\n');
            String expected = "I am /192.0.2.1:1\r\nnow /192.0.2.1:1\r\n";
            assertThat(client.getInputStream().readNBytes(expected.length()))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo(expected);
        }
    }
}

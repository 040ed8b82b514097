package io.asyncore.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.interop.Installed;
import io.asyncore.interop.Program;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client and servers that others have written; skipped where they are missing. */
@Timeout(60)
class RealTlsServersTest {

    /** Serves one client after the other: upper case for lower case, until the session ends. */
    private static final String PYTHON_SERVER = """
            import socket, ssl, sys
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(sys.argv[1], sys.argv[2])
            context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, sys.argv[3])
            with socket.create_server(("127.0.0.1", 0)) as listener:
                print("port", listener.getsockname()[1], flush=True)
                while True:
                    plain, peer = listener.accept()
                    try:
                        with context.wrap_socket(plain, server_side=True, suppress_ragged_eofs=False) as secure:
                            while True:
                                data = secure.recv(65536)
                                if not data:
                                    print("ended", flush=True)
                                    break
                                secure.sendall(data.upper())
                    except ssl.SSLError as error:
                        print("failed", error.reason, flush=True)
            """;

    private final SSLContext trusting = Identity.trustingContext(Identity.localhost());

    @TempDir
    private Path directory;

    private List<String> files() throws Exception {
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        Files.writeString(certificate, Identity.localhost().certificatePem());
        Files.writeString(key, Identity.localhost().keyPem());
        return List.of(certificate.toString(), key.toString());
    }

    private Program python(String protocol) throws Exception {
        List<String> command = new ArrayList<>(List.of(Installed.orSkip("python3"), "-c", PYTHON_SERVER));
        command.addAll(files());
        command.add(protocol);
        return Program.start(command);
    }

    private static InetSocketAddress addressOf(Program server, String line) throws Exception {
        return new InetSocketAddress(
                "127.0.0.1",
                Integer.parseInt(server.awaitLine(Pattern.compile(line)).group(1)));
    }

    /** Turns TLS on at once, and then says this. */
    private Talker connect(Host host, InetSocketAddress server, String name, byte[] said) throws Exception {
        return host.connect(
                () -> {
                    Talker talker = new Talker();
                    talker.onConnect = fresh -> fresh.startTls(trusting, name, server.getPort());
                    talker.onTls = established -> established.send(said);
                    return talker;
                },
                server);
    }

    private static Host host() throws Exception {
        return Host.plain(ChannelOptions.DEFAULTS, Talker::new);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // ---- Python ----

    /** The name and the address are both in the certificate. */
    @ParameterizedTest
    @CsvSource({"TLSv1_2, localhost", "TLSv1_3, localhost", "TLSv1_3, 127.0.0.1"})
    void pythonAnswers(String protocol, String name) throws Exception {
        byte[] much = bytes("abc".repeat(100_000));
        try (Program server = python(protocol);
                Host host = host()) {
            Talker talker = connect(host, addressOf(server, "^port (\\d+)$"), name, much);
            host.await(() -> talker.receivedBytes() == much.length);
            assertThat(host.call(talker::text)).isEqualTo("ABC".repeat(100_000));
            host.call(() -> {
                talker.closeWhenDone();
                return null;
            });
            server.awaitLine(Pattern.compile("^ended$"));
            host.await(talker::isClosed);
            assertThat(talker.closeReason()).isEqualTo(CloseReason.LOCAL);
            assertThat(talker.failures).isEmpty();
        }
    }

    /** The certificate is trusted, but it is another's. The server is told why. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void pythonIsNotWhomWeWanted(String protocol) throws Exception {
        try (Program server = python(protocol);
                Host host = host()) {
            InetSocketAddress address = addressOf(server, "^port (\\d+)$");
            Talker talker = connect(host, address, "other.example", bytes("secret"));
            host.await(talker::isClosed);
            assertThat(talker.notes).containsExactly("connect", "tls failed", "close");
            assertThat(talker.closeReason()).isEqualTo(CloseReason.TLS_FAILED);
            assertThat(talker.failures)
                    .singleElement()
                    .isInstanceOf(SSLException.class)
                    .asString()
                    .contains("other.example");
            server.awaitLine(Pattern.compile("^failed .*CERTIFICATE_UNKNOWN"));
        }
    }

    @Test
    void pythonIsNotTrusted() throws Exception {
        SSLContext others = Identity.trustingContext(Identity.host("other.example"));
        try (Program server = python("TLSv1_3");
                Host host = host()) {
            InetSocketAddress address = addressOf(server, "^port (\\d+)$");
            Talker talker = host.connect(
                    () -> {
                        Talker fresh = new Talker();
                        fresh.onConnect = each -> each.startTls(others, "localhost", address.getPort());
                        return fresh;
                    },
                    address);
            host.await(talker::isClosed);
            assertThat(talker.closeReason()).isEqualTo(CloseReason.TLS_FAILED);
            server.awaitLine(Pattern.compile("^failed .*CERTIFICATE_UNKNOWN"));
        }
    }

    // ---- openssl ----

    /** It sends each line back from its end to its beginning. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslAnswers(String option) throws Exception {
        List<String> files = files();
        String[] arguments = {
            "s_server", "-accept", "127.0.0.1:0", option, "-rev", "-cert", files.get(0), "-key", files.get(1)
        };
        try (Program server = OpenSsl.orSkip().start(arguments);
                Host host = host()) {
            InetSocketAddress address = addressOf(server, "^ACCEPT 127\\.0\\.0\\.1:(\\d+)$");
            Talker talker = connect(host, address, "localhost", bytes("olleh\n"));
            host.await(() -> talker.text().equals("hello\n"));
            host.call(() -> {
                talker.send(bytes("niaga\n"));
                return null;
            });
            host.await(() -> talker.text().equals("hello\nagain\n"));
            server.kill();
            host.await(talker::isClosed);
            assertThat(talker.closeReason()).as("it was killed").isIn(CloseReason.TRUNCATED, CloseReason.RESET);
        }
    }

    /** Two keys, and the name that the client wants decides which is shown. */
    @Test
    void opensslIsToldWhomWeWant() throws Exception {
        List<String> files = files();
        Path other = directory.resolve("other.pem");
        Identity wanted = Identity.rsa("other.example");
        Files.writeString(other, wanted.certificatePem() + wanted.keyPem());
        String[] arguments = {
            "s_server",
            "-accept",
            "127.0.0.1:0",
            "-rev",
            "-cert",
            files.get(0),
            "-key",
            files.get(1), //
            "-servername",
            "other.example",
            "-cert2",
            other.toString(),
            "-key2",
            other.toString()
        };
        try (Program server = OpenSsl.orSkip().start(arguments);
                Host host = host()) {
            InetSocketAddress address = addressOf(server, "^ACCEPT 127\\.0\\.0\\.1:(\\d+)$");
            Talker talker = host.connect(
                    () -> {
                        Talker fresh = new Talker();
                        fresh.onConnect = each ->
                                each.startTls(Identity.trustingContext(wanted), "other.example", address.getPort());
                        fresh.onTls = each -> each.send(bytes("olleh\n"));
                        return fresh;
                    },
                    address);
            host.await(() -> talker.text().equals("hello\n"));
        }
    }
}

package io.asyncore.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.interop.Program;
import io.asyncore.transport.tls.EngineSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** openssl as the client of our servers. */
class OpenSslClientTest {

    @TempDir
    private Path directory;

    private final OpenSsl openssl = OpenSsl.orSkip();
    private final List<Talker> served = new CopyOnWriteArrayList<>();
    private Path certificate = Path.of("");

    @BeforeEach
    void writeCertificate() throws Exception {
        certificate = Files.writeString(
                directory.resolve("server.pem"), Identity.localhost().certificatePem());
    }

    private Host host() throws Exception {
        Supplier<Talker> handlers = () -> {
            Talker talker = Talker.echo();
            served.add(talker);
            return talker;
        };
        return Host.tls(Identity.localhost().context(), handlers);
    }

    /** It looks at the certificate and the name in it. */
    private Program connect(Host host, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-CAfile", certificate.toString(), "-verify_return_error", "-verify_hostname", "localhost"));
        return openssl.connect(host.port(), all.toArray(new String[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void echo(String protocol) throws Exception {
        String option = protocol.equals("TLSv1.2") ? "-tls1_2" : "-tls1_3";
        try (Host host = host();
                Program client = connect(host, option, "-brief")) {
            client.awaitLine(Pattern.compile("Protocol version: " + protocol));
            client.type("hello\n");
            client.awaitLine(Pattern.compile("^hello$"));
            client.endInput();
            client.awaitEnd();
            host.await(() -> host.loop.map().size() == 1);
            assertThat(served.get(0).notes).containsExactly("connect", "tls", "eof", "close");
        }
    }

    @Test
    void newKeysInMidConversation() throws Exception {
        try (Host host = host();
                Program client = connect(host, "-tls1_3")) {
            client.type("one\n");
            client.awaitLine(Pattern.compile("^one$"));
            client.type("K\n"); // new keys on both sides
            client.awaitLine(Pattern.compile("KEYUPDATE"));
            client.type("two\n");
            client.awaitLine(Pattern.compile("^two$"));
        }
    }

    @Test
    void renegotiationIsRefused() throws Exception {
        try (Host host = host();
                Program client = connect(host, "-tls1_2")) {
            client.type("one\n");
            client.awaitLine(Pattern.compile("^one$"));
            client.type("R\n");
            client.awaitLine(Pattern.compile("RENEGOTIATING"));
            host.await(() -> host.loop.map().size() == 1);
            assertThat(served.get(0).closeReason()).isEqualTo(CloseReason.TLS_FAILED);
        }
    }

    @Test
    void oldVersionsAreRefused() throws Exception {
        try (Host host = host();
                Program client = connect(host, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")) {
            client.awaitLine(Pattern.compile("alert protocol version"));
            host.await(() -> host.loop.map().size() == 1);
            assertThat(served.get(0).closeReason()).isEqualTo(CloseReason.TLS_FAILED);
            assertThat(served.get(0).failures).hasOnlyElementsOfType(SSLException.class);
        }
    }

    /** The greeting and the answer to STARTTLS in plain text, the rest encrypted. */
    @Test
    void startTlsLikeMail() throws Exception {
        ChannelOptions options = ChannelOptions.DEFAULTS.withTls(
                EngineSource.of(Identity.localhost().context()));
        try (Host host = Host.plain(options, MailHandler::new);
                Program client = connect(host, "-starttls", "smtp", "-brief", "-quiet")) {
            client.awaitLine(Pattern.compile("Protocol version: TLSv1.3"));
            client.type("NOOP\r\n");
            client.awaitLine(Pattern.compile("250 NOOP over TLS"));
        }
    }
}

package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.cpython.CapturedLog;
import io.asyncore.interop.Program;
import io.asyncore.tls.Host;
import io.asyncore.tls.Identity;
import io.asyncore.tls.OpenSsl;
import io.asyncore.tls.Talker;
import io.asyncore.transport.tls.TlsEngines;
import io.asyncore.transport.tls.TlsTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server's TLS options say, read from files, and as clients see it. */
@ResourceLock("log of io.asyncore")
class SslTest {

    @TempDir
    private Path directory;

    private final Identity own = Identity.localhost();
    private final List<Talker> served = new CopyOnWriteArrayList<>();

    private Path file(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Ssl pem(Identity identity) {
        return Ssl.pem(
                file(identity.name() + ".pem", identity.certificatePem()),
                file(identity.name() + ".key", identity.keyPem()));
    }

    private Host host(SslEngines engines) throws Exception {
        return new Host(ChannelOptions.DEFAULTS, socket -> new TlsTransport(socket, engines, System::nanoTime), () -> {
            Talker talker = Talker.echo();
            served.add(talker);
            return talker;
        });
    }

    /** The subject of the certificate that a client is shown. */
    private static void expectName(Host host, String name, String... arguments) throws Exception {
        try (Program client = OpenSsl.orSkip().connect(host.port(), arguments)) {
            client.awaitLine(Pattern.compile("subject=CN = " + Pattern.quote(name)));
        }
    }

    private static SslEngines engines(Ssl ssl) {
        return new SslEngines(ssl, TlsEngines.sharedTasks());
    }

    /** It starts: perhaps its clients do not mind. */
    @Test
    void anExpiredCertificateIsWarnedOf() {
        Identity old = Identity.expired();
        Ssl files = pem(old);
        Ssl store = Ssl.keyStore(old.keyStore(), Identity.PASSWORD);
        List<Ssl> all = List.of(files, store, Ssl.of(old.context()), pem(own).withHost("old.example", files));
        List<String> names =
                List.of(files.keys() + "", store.keys() + "", "the server's SSLContext", files.keys() + "");
        try (CapturedLog log = new CapturedLog()) {
            all.forEach(SslTest::engines);
            assertThat(log.lines())
                    .hasSize(4)
                    .allMatch(line -> line.contains(": the certificate of CN=old.example has expired at "));
            for (int i = 0; i < names.size(); i++) {
                assertThat(log.lines().get(i)).startsWith("WARN " + names.get(i));
            }
            SslEngines engines = engines(pem(own));
            assertThat(log.lines()).hasSize(4);
            engines.replace(files);
            assertThat(log.lines()).hasSize(5);
        }
    }

    @Test
    void pemFiles() throws Exception {
        try (Host host = host(engines(pem(own)))) {
            expectName(host, "localhost", "-noservername");
            expectName(host, "localhost", "-servername", "whoever.example");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void encryptedKeys(String kind) throws Exception {
        Identity identity = kind.equals("EC") ? own : Identity.rsa("rsa.example");
        Path plain = file("plain.key", identity.keyPem());
        Path encrypted = directory.resolve("encrypted.key");
        try (Program openssl = OpenSsl.orSkip()
                .start("pkcs8", "-topk8", "-in", plain + "", "-out", encrypted + "", "-passout", "pass:abc")) {
            openssl.awaitEnd();
        }
        Ssl ssl = Ssl.pem(file("chain.pem", identity.certificatePem()), encrypted);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engines(ssl))
                .withMessageContaining("encrypted.key")
                .withMessageContaining("withKeyPassword");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engines(ssl.withKeyPassword("abd")))
                .withMessageContaining("encrypted.key")
                .withMessageContaining("password");
        try (Host host = host(engines(ssl.withKeyPassword("abc")))) {
            expectName(host, identity.name());
        }
    }

    @Test
    void oldKeysAreRefusedWithTheCommandThatConvertsThem() throws Exception {
        Path plain = file("plain.key", Identity.rsa("rsa.example").keyPem());
        Path old = directory.resolve("old.key");
        try (Program openssl = OpenSsl.orSkip().start("rsa", "-in", plain + "", "-traditional", "-out", old + "")) {
            openssl.awaitEnd();
        }
        Ssl ssl = Ssl.pem(file("chain.pem", own.certificatePem()), old);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engines(ssl))
                .withMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + old);
    }

    @Test
    void whatIsWrongWithFilesIsSaid() {
        Path certificate = file("good.pem", own.certificatePem());
        Path key = file("good.key", own.keyPem());
        Path missing = directory.resolve("missing");
        Path empty = file("empty", "nothing in here");
        Path damaged = file("damaged", own.certificatePem().replace("MII", "MI!I!I"));
        expect(Ssl.pem(missing, key), "cannot read " + missing, "no such file");
        expect(Ssl.pem(certificate, missing), "cannot read " + missing);
        expect(Ssl.pem(empty, key), empty + " has no certificate");
        expect(Ssl.pem(certificate, empty), empty + " has no private key");
        expect(Ssl.pem(damaged, key), " in " + damaged + " is damaged");
        expect(
                Ssl.pem(
                        certificate,
                        file("other.key", Identity.rsa("rsa.example").keyPem())),
                "other.key is not that of the first certificate");
        expect(Ssl.keyStore(missing, "x"), "cannot read " + missing);
        expect(Ssl.keyStore(own.keyStore(), "wrong"), "password does not open " + own.keyStore());
        expect(Ssl.keyStore(own.keyStore(), "PKCS12", "wrong", null), "password does not open " + own.keyStore());
        expect(Ssl.keyStore(own.keyStore(), null, Identity.PASSWORD, "none"), "no key 'none'", "[own]");
        expect(Ssl.keyStore(own.keyStore(), "ABC", Identity.PASSWORD, null), "ABC");
        expect(Ssl.keyStore(empty, Identity.PASSWORD), "empty");
    }

    @Test
    void aKeyThatNoClientCanUseIsFoundAtTheStart() {
        Identity old = Identity.dsa("dsa.example");
        expect(Ssl.keyStore(old.keyStore(), Identity.PASSWORD), "no TLS is possible with Store[path=" + old.keyStore());
        expect(pem(own).withHost("x.example", Ssl.keyStore(old.keyStore(), Identity.PASSWORD)), "no TLS is possible");
        SslEngines engines = engines(pem(own));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engines.replace(Ssl.keyStore(old.keyStore(), Identity.PASSWORD)));
    }

    /** Its key manager may want the name of a host. */
    @Test
    void aContextThatWasMadeElsewhereIsTakenAllTheSame() {
        assertThat(engines(Ssl.of(Identity.dsa("dsa.example").context())).engine(null))
                .isNotNull();
    }

    private static void expect(Ssl ssl, String... message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engines(ssl))
                .satisfies(error -> assertThat(error.getMessage()).contains(message));
    }

    @Test
    void whatCannotBeIsSaid() {
        Ssl ssl = Ssl.keyStore(own.keyStore(), Identity.PASSWORD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ssl.withClientAuth(Ssl.ClientAuth.NEED))
                .withMessageContaining("ssl.clientAuth")
                .withMessageContaining("withTrusted");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ssl.withApplicationProtocols("h2", ""))
                .withMessageContaining("ssl.applicationProtocols");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ssl.withHost("not a host", ssl))
                .withMessageContaining("ssl.hosts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ssl.withHost("a.example", ssl.withHost("b.example", ssl)))
                .withMessageContaining("ssl.hosts");
        for (Ssl made : List.of(Ssl.of(own.context()), Ssl.of(own.context()::createSSLEngine))) {
            assertThatThrownBy(() -> made.withKeyPassword("x")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> made.withTrusted(own.keyStore())).isInstanceOf(IllegalStateException.class);
            assertThat(made.withClientAuth(Ssl.ClientAuth.NEED).clientAuth()).isEqualTo(Ssl.ClientAuth.NEED);
        }
        assertThat(ssl.withKeyPassword("very secret").withTrusted(own.keyStore(), "most secret") + "")
                .doesNotContain("secret for tests")
                .doesNotContain("very secret")
                .doesNotContain("most secret");
    }

    @Test
    void aKeyStoreAndClientsCertificates() throws Exception {
        Identity alice = Identity.host("alice.example");
        Path pem = file("alice.pem", alice.certificatePem());
        Path key = file("alice.key", alice.keyPem());
        Path clients = file("clients.pem", alice.certificatePem());
        Ssl ssl = pem(own).withTrusted(clients).withClientAuth(Ssl.ClientAuth.NEED);
        OpenSsl openssl = OpenSsl.orSkip();
        try (Host host = host(engines(ssl))) {
            try (Program client = openssl.connect(host.port(), "-cert", pem + "", "-key", key + "", "-tls1_2")) {
                client.type("hello\n");
                client.awaitLine(Pattern.compile("^hello$"));
            }
            assertThat(host.<TlsTransport>call(() -> served.get(0).socket().unwrap(TlsTransport.class))
                            .session()
                            .getPeerCertificates())
                    .containsExactly(alice.certificate());
            try (Program client = openssl.connect(host.port(), "-tls1_2")) {
                client.awaitLine(Pattern.compile("alert"));
            }
            host.await(() -> served.size() == 2 && served.get(1).isClosed());
            assertThat(served.get(1).closeReason()).isEqualTo(CloseReason.TLS_FAILED);
        }
    }

    @Test
    void hostsByName() throws Exception {
        Ssl ssl = Ssl.keyStore(own.keyStore(), null, Identity.PASSWORD, "own")
                .withHost("One.example", pem(Identity.host("one.example")))
                .withHost("*.two.example", pem(Identity.host("any.two.example")));
        try (Host host = host(engines(ssl))) {
            expectName(host, "localhost", "-noservername");
            expectName(host, "localhost", "-servername", "two.example");
            expectName(host, "localhost", "-servername", "a.b.two.example");
            expectName(host, "one.example", "-servername", "ONE.example");
            expectName(host, "any.two.example", "-servername", "a.two.example", "-tls1_2");
            expectName(host, "any.two.example", "-servername", "b.two.example");
        }
    }

    @Test
    void applicationProtocols() throws Exception {
        Ssl ssl = pem(own).withApplicationProtocols("two", "one");
        try (Host host = host(engines(ssl));
                Program client = OpenSsl.orSkip().connect(host.port(), "-alpn", "one,two")) {
            client.awaitLine(Pattern.compile("ALPN protocol: two"));
            assertThat(host.<TlsTransport>call(() -> served.get(0).socket().unwrap(TlsTransport.class))
                            .applicationProtocol())
                    .isEqualTo("two");
        }
    }

    @Test
    void anotherCertificateForNewConnections() throws Exception {
        SslEngines engines = engines(pem(own));
        try (Host host = host(engines);
                Program old = OpenSsl.orSkip().connect(host.port())) {
            old.awaitLine(Pattern.compile("subject=CN = localhost"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engines.replace(Ssl.pem(directory.resolve("gone"), directory.resolve("gone"))));
            expectName(host, "localhost");
            engines.replace(pem(Identity.host("new.example")));
            expectName(host, "new.example");
            old.type("still here\n");
            old.awaitLine(Pattern.compile("^still here$"));
        }
    }

    @Test
    void onlyModernTlsInTheServersOrder() {
        SSLEngine engine = engines(pem(own)).engine(null);
        assertThat(engine.getUseClientMode()).isFalse();
        assertThat(engine.getSSLParameters().getUseCipherSuitesOrder()).isTrue();
    }
}

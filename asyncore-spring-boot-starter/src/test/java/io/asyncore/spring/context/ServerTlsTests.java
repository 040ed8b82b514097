package io.asyncore.spring.context;

import static io.asyncore.spring.context.HandlerResolverTests.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.test.AsyncoreTestClient;
import io.asyncore.transport.tls.TlsTransport;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** TLS with Boot's SSL bundles: how it begins, how certificates are exchanged, how it fails. */
@ExtendWith(OutputCaptureExtension.class)
class ServerTlsTests {

    private static final String BUNDLE = "spring.ssl.bundle.pem.web.";
    private static final Certificate SERVER = Certificate.of("first");
    private static final Certificate CLIENT = Certificate.of("client");
    private static final Certificate STRANGER = Certificate.of("stranger");

    @TempDir
    private Path directory;

    private Path certificate = Path.of("");
    private Path key = Path.of("");
    private ApplicationContextRunner bare = new ApplicationContextRunner();
    private ApplicationContextRunner runner = new ApplicationContextRunner();

    @BeforeEach
    void prepare() throws Exception {
        certificate = directory.resolve("server.pem");
        key = directory.resolve("server.key");
        SERVER.replace(certificate, key);
        Files.writeString(directory.resolve("clients.pem"), CLIENT.certificate());
        bare = Contexts.runner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withBean("greeter", DispatcherFactory.class, () -> Greeter::new)
                .withPropertyValues("asyncore.server.port=0")
                .withPropertyValues(
                        BUNDLE + "keystore.certificate=" + certificate, BUNDLE + "keystore.private-key=" + key)
                .withPropertyValues(BUNDLE + "reload-on-update=true", "spring.ssl.bundle.watch.file.quiet-period=20ms");
        runner = bare.withPropertyValues("asyncore.server.ssl.bundle=web");
    }

    @Test
    void aServerSpeaksTlsWithTheBundleThatItNames(CapturedOutput output) {
        runner.run(context -> {
            try (AsyncoreTestClient client = connect(context)) {
                client.expectLine("Greeter");
                assertThat(nameOf(client)).isEqualTo("CN=first");
            }
            assertThat(output).containsPattern("Asyncore started on port \\d+ \\(tls\\)");
        });
    }

    @Test
    void whoSpeaksPlainTextIsToldNothing() {
        runner.run(context -> {
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context))) {
                client.sendLine("hello");
                assertThatExceptionOfType(AssertionError.class)
                        .isThrownBy(client::readLine)
                        .satisfies(ended -> assertThat(ended.getMessage())
                                .containsAnyOf("has closed", "reset")
                                .doesNotContain("Greeter", "hello"));
            }
        });
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("asyncore.server.ssl.enabled=false")
                .run(context -> assertThat(Contexts.greetingAt(port(context))).isEqualTo("Greeter"));
    }

    @Test
    void itMayBeginWhenAHandlerSaysSo(CapturedOutput output) {
        bare.withPropertyValues("asyncore.server.ssl.bundle=web", "asyncore.server.ssl.start-tls=true")
                .withPropertyValues("asyncore.server.handler=upgrading")
                .withBean("upgrading", DispatcherFactory.class, () -> Upgrading::new)
                .run(context -> {
                    try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context))) {
                        client.expectLine("Upgrading");
                        client.sendLine("in plain text");
                        client.expectLine("in plain text, null");
                        client.sendLine("STARTTLS");
                        client.expectLine("go ahead");
                        client.startTls(Certificate.trusting(SERVER), "localhost");
                        client.sendLine("in secret");
                        client.expectLine("in secret, " + client.session().getProtocol());
                    }
                    assertThat(output).containsPattern("Asyncore started on port \\d+ \\(tcp\\)");
                });
    }

    @Test
    void clientsMayChooseAProtocol() {
        runner.withPropertyValues("asyncore.server.ssl.application-protocols=smtp/2,smtp/1")
                .run(context -> {
                    SSLContext trusting = Certificate.trusting(SERVER);
                    try (SSLSocket client = (SSLSocket)
                            trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port(context))) {
                        SSLParameters parameters = client.getSSLParameters();
                        parameters.setApplicationProtocols(new String[] {"smtp/1"});
                        client.setSSLParameters(parameters);
                        client.setSoTimeout(10_000);
                        client.startHandshake();
                        assertThat(client.getApplicationProtocol()).isEqualTo("smtp/1");
                    }
                });
    }

    @Test
    void theProtocolsOfTheBundleAreKept() {
        runner.withPropertyValues(BUNDLE + "options.enabled-protocols=TLSv1.2").run(context -> {
            try (AsyncoreTestClient client = connect(context)) {
                assertThat(client.session().getProtocol()).isEqualTo("TLSv1.2");
            }
        });
    }

    // ---- clients' certificates ----

    @ParameterizedTest
    @ValueSource(strings = {"need", "want"})
    void aClientWithAGoodCertificateIsServedAndKnown(String clientAuth) {
        asking(clientAuth)
                .run(context ->
                        assertThat(served(context, CLIENT.withTrustIn(SERVER))).isEqualTo("CN=client"));
    }

    @Test
    void whoNeedsACertificateServesNobodyWithoutAGoodOne() {
        asking("need").run(context -> {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> served(context, Certificate.trusting(SERVER)));
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> served(context, STRANGER.withTrustIn(SERVER)));
        });
    }

    /** A client keeps to itself a certificate that nobody has asked for. */
    @Test
    void whoWantsACertificateServesClientsWithoutAGoodOne() {
        asking("want").run(context -> {
            assertThat(served(context, Certificate.trusting(SERVER))).isEqualTo("anonymous");
            assertThat(served(context, STRANGER.withTrustIn(SERVER))).isEqualTo("anonymous");
        });
    }

    /** A server that tells its clients who they are. */
    private ApplicationContextRunner asking(String clientAuth) {
        return runner.withBean("knowing", DispatcherFactory.class, () -> Knowing::new)
                .withPropertyValues(
                        "asyncore.server.handler=knowing",
                        "asyncore.server.ssl.client-auth=" + clientAuth,
                        BUNDLE + "truststore.certificate=" + directory.resolve("clients.pem"));
    }

    private static String served(ApplicationContext context, SSLContext client) {
        try (AsyncoreTestClient connected = AsyncoreTestClient.connect(port(context))) {
            return connected.startTls(client, "localhost").readLine();
        }
    }

    // ---- exchange ----

    @Test
    void aNewCertificateIsForNewConnections(CapturedOutput output) {
        runner.run(context -> {
            List<AsyncoreTestClient> open = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                AsyncoreTestClient client = connect(context);
                client.expectLine("Greeter");
                open.add(client);
            }
            Certificate.of("second").replace(certificate, key);
            Contexts.await(() -> serverOf(context).equals("CN=second"));
            for (AsyncoreTestClient client : open) {
                client.sendLine("still there");
                client.expectLine("still there");
                assertThat(nameOf(client)).isEqualTo("CN=first");
                client.close();
            }
            assertThat(output).contains("Asyncore uses the updated SSL bundle 'web' for new connections");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "other"})
    void aBrokenOneIsRefusedAndTheOldOneStays(String content, CapturedOutput output) {
        runner.run(context -> {
            String written = content.equals("other") ? Certificate.of("second").certificate() : content;
            Certificate.put(written, certificate);
            Contexts.await(
                    () -> output.getOut().contains("refuses the updated SSL bundle 'web' and keeps the one that"));
            assertThat(serverOf(context)).isEqualTo("CN=first");
            context.getSourceApplicationContext().stop();
            context.getSourceApplicationContext().start();
            assertThat(serverOf(context)).isEqualTo("CN=first");
            Certificate.of("second").replace(certificate, key);
            Contexts.await(() -> serverOf(context).equals("CN=second"));
        });
    }

    private static final String EXPIRED = " has the SSL bundle 'web': the certificate of CN=expired has expired at ";

    /** It is served all the same: perhaps its clients do not mind. */
    @Test
    void anExpiredOneIsWarnedOfAtTheStart(CapturedOutput output) throws Exception {
        Certificate.expired().replace(certificate, key);
        runner.run(context -> assertThat(context).hasNotFailed());
        assertThat(output).containsOnlyOnce("Asyncore" + EXPIRED);
    }

    @Test
    void andWhenItComesLater(CapturedOutput output) {
        runner.run(context -> {
            assertThat(output).doesNotContain(EXPIRED);
            Certificate.expired().replace(certificate, key);
            Contexts.await(() -> output.getOut().contains("Asyncore" + EXPIRED));
        });
    }

    // ---- failures ----

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aBundleWithoutNameFailsTheStart(String name) {
        assertThat(failure(bare.withPropertyValues("asyncore.server.ssl.bundle=" + name)))
                .contains("The server 'default' (asyncore.server) has an empty asyncore.server.ssl.bundle.")
                .contains("or, to use plain text, set asyncore.server.ssl.enabled=false or remove the key");
    }

    @Test
    void anUnknownBundleFailsTheStart() {
        assertThat(failure(bare.withPropertyValues("asyncore.server.ssl.bundle=wbe")))
                .contains("The server 'default' (asyncore.server) names the SSL bundle 'wbe', which does not exist.")
                .contains("Define spring.ssl.bundle.pem.wbe or spring.ssl.bundle.jks.wbe")
                .contains("or set asyncore.server.ssl.bundle to one of those that exist: web.");
    }

    @Test
    void soDoesAProtocolThatCannotBe() {
        assertThat(failure(runner.withPropertyValues("asyncore.server.ssl.application-protocols=" + "x".repeat(256))))
                .contains("'asyncore.server.ssl.application-protocols'", "must be names of 1 to 255 bytes");
    }

    @Test
    void soDoesBootWithoutBundles() {
        assertThat(failure(Contexts.runner()
                        .withBean("greeter", DispatcherFactory.class, () -> Greeter::new)
                        .withPropertyValues("asyncore.server.ssl.bundle=web")))
                .contains("names the SSL bundle 'web', but there is no SslBundles bean", "SslAutoConfiguration");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enabled=true",
                "client-auth=need",
                "client-auth=want",
                "start-tls=true",
                "application-protocols=h2"
            })
    void soDoesTlsWithoutBundle(String property) {
        assertThat(failure(bare.withPropertyValues("asyncore.server.ssl." + property)))
                .contains("(asyncore.server) has ssl." + property.split("=")[0], "but names no SSL bundle")
                .contains("Set asyncore.server.ssl.bundle to the name of a bundle");
    }

    @Test
    void soDoesABrokenCertificate() throws Exception {
        Certificate.put("nonsense", certificate);
        assertThat(failure(runner))
                .contains("(asyncore.server) cannot use the SSL bundle 'web': ")
                .contains("Correct the bundle's files or its keys under spring.ssl.bundle.pem.web");
    }

    @Test
    void soDoesTheKeyOfAnotherCertificate() throws Exception {
        Certificate.put(Certificate.of("second").key(), key);
        assertThat(failure(runner)).contains("does not belong to its certificate (CN=first)");
    }

    @Test
    void soDoesABundleWithoutKey() {
        assertThat(failure(bare.withPropertyValues(
                        "asyncore.server.ssl.bundle=trust",
                        "spring.ssl.bundle.pem.trust.truststore.certificate=" + certificate)))
                .contains("cannot use the SSL bundle 'trust': it has no certificate with a private key.");
    }

    @Test
    void soDoesAskingClientsWithoutKnowingWhomToTrust() {
        assertThat(failure(runner.withPropertyValues("asyncore.server.ssl.client-auth=need")))
                .contains("cannot use the SSL bundle 'web': it has no trust store that says which clients'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"options.ciphers=TLS_NONSENSE", "options.enabled-protocols=TLSv9"})
    void soDoesWhatTheJdkDoesNotKnow(String property) {
        assertThat(failure(runner.withPropertyValues(BUNDLE + property)))
                .contains("cannot use the SSL bundle 'web': ", property.split("=")[1]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "TLSv1.1; TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256; the TLS engine has [TLSv1.1] enabled, but only TLS 1.2 and",
                "TLSv1.2; TLS_AES_128_GCM_SHA256; the protocols [TLSv1.2] and the cipher suites [TLS_AES_128_GCM_SHA256]",
                "TLSv1.2; TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256; no TLS is possible with its key, protocols and cipher"
            })
    void soDoesABundleWithWhichNoHandshakeIsPossible(String protocol, String cipher, String problem) {
        assertThat(failure(runner.withPropertyValues(
                        BUNDLE + "options.enabled-protocols=" + protocol, BUNDLE + "options.ciphers=" + cipher)))
                .contains("(asyncore.server) cannot use the SSL bundle 'web': ", problem);
    }

    private static AsyncoreTestClient connect(ApplicationContext context) {
        return AsyncoreTestClient.connect(port(context))
                .startTls(Certificate.trusting(SERVER, Certificate.of("second")), "localhost");
    }

    private static String serverOf(ApplicationContext context) {
        try (AsyncoreTestClient client = connect(context)) {
            return nameOf(client);
        }
    }

    /** The name in the certificate of the client's server. */
    private static String nameOf(AsyncoreTestClient client) {
        try {
            X509Certificate shown = (X509Certificate) client.session().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError(e);
        }
    }

    private static int port(ApplicationContext context) {
        return context.getBean(AsyncoreServers.class).get("default").port();
    }

    private static class Upgrading extends Greeter {
        Upgrading() {
            super("Upgrading");
        }

        @Override
        protected void handleLine(String line) throws Exception {
            if (line.equals("STARTTLS")) {
                pushLine("go ahead");
                startTls();
            } else {
                TlsTransport tls = socket().unwrap(TlsTransport.class);
                SSLSession session = tls == null ? null : tls.session();
                pushLine(line + ", " + (session == null ? null : session.getProtocol()));
            }
        }
    }

    /** Tells clients who they are. */
    private static class Knowing extends Greeter {
        @Override
        protected void handleConnect() {
            pushLine(peer(socket().unwrap(TlsTransport.class)));
        }

        private static String peer(@Nullable TlsTransport tls) {
            SSLSession session = tls == null ? null : tls.session();
            try {
                return session == null ? "plain" : session.getPeerPrincipal().getName();
            } catch (SSLPeerUnverifiedException e) {
                return "anonymous";
            }
        }
    }
}

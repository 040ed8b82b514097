package io.asyncore.spring.context;

import static io.asyncore.spring.context.HandlerResolverTests.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.spring.LineClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        Certificate.of("first").replace(certificate, key);
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
            try (TlsClient client = connect(context)) {
                assertThat(client.read()).isEqualTo("Greeter");
                assertThat(client.server()).isEqualTo("CN=first");
            }
            assertThat(output).containsPattern("Asyncore started on port \\d+ \\(tls\\)");
        });
    }

    @Test
    void whoSpeaksPlainTextIsToldNothing() {
        runner.run(context -> {
            try (LineClient client = new LineClient(port(context))) {
                client.send("hello");
                assertThat(String.valueOf(client.read()))
                        .doesNotContain("Greeter")
                        .doesNotContain("hello");
            } catch (IOException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
        });
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("asyncore.server.ssl.enabled=false")
                .run(context -> assertThat(LineClient.greetingAt(port(context))).isEqualTo("Greeter"));
    }

    @Test
    void itMayBeginWhenAHandlerSaysSo(CapturedOutput output) {
        runner.withPropertyValues("asyncore.server.ssl.start-tls=true").run(context -> {
            assertThat(LineClient.greetingAt(port(context))).isEqualTo("Greeter");
            assertThat(output).containsPattern("Asyncore started on port \\d+ \\(tcp\\)");
        });
    }

    @Test
    void clientsMayChooseAProtocol() {
        runner.withPropertyValues("asyncore.server.ssl.application-protocols=smtp/2,smtp/1")
                .run(context -> {
                    try (TlsClient client = new TlsClient(port(context), "smtp/1")) {
                        client.read();
                        assertThat(client.applicationProtocol()).isEqualTo("smtp/1");
                    }
                });
    }

    @Test
    void theProtocolsOfTheBundleAreKept() {
        runner.withPropertyValues(BUNDLE + "options.enabled-protocols=TLSv1.2").run(context -> {
            try (TlsClient client = connect(context)) {
                client.read();
                assertThat(client.protocol()).isEqualTo("TLSv1.2");
            }
        });
    }

    @Test
    void clientsAreAskedForCertificates() {
        runner.withPropertyValues(
                        "asyncore.server.ssl.client-auth=need", BUNDLE + "truststore.certificate=" + certificate)
                .run(context -> {
                    try (TlsClient client = connect(context)) {
                        assertThatExceptionOfType(IOException.class).isThrownBy(client::read);
                    }
                });
    }

    // ---- exchange ----

    @Test
    void aNewCertificateIsForNewConnections(CapturedOutput output) {
        runner.run(context -> {
            List<TlsClient> open = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                TlsClient client = connect(context);
                client.read();
                open.add(client);
            }
            Certificate.of("second").replace(certificate, key);
            Contexts.await(() -> serverOf(context).equals("CN=second"));
            for (TlsClient client : open) {
                client.send("still there");
                assertThat(client.read()).isEqualTo("still there");
                assertThat(client.server()).isEqualTo("CN=first");
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

    // ---- failures ----

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
    @ValueSource(strings = {"enabled=true", "client-auth=need", "client-auth=want", "start-tls=true"})
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

    private static TlsClient connect(ApplicationContext context) throws IOException {
        return new TlsClient(port(context));
    }

    private static String serverOf(ApplicationContext context) {
        try (TlsClient client = connect(context)) {
            client.read();
            return client.server();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int port(ApplicationContext context) {
        return context.getBean(AsyncoreServers.class).get("default").port();
    }
}

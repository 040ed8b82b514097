package io.asyncore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.spring.autoconfigure.AsyncoreEndpointAutoConfiguration;
import io.asyncore.spring.autoconfigure.AsyncoreMetricsAutoConfiguration;
import io.asyncore.spring.context.Certificate;
import io.asyncore.test.AsyncoreTestClient;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What meters and endpoint tell of TLS. */
class TlsObservedTests {

    private static final String BUNDLE = "spring.ssl.bundle.pem.web.keystore.";

    private ApplicationContextRunner runner = new ApplicationContextRunner();

    @BeforeEach
    void prepare(@TempDir Path directory) throws Exception {
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        Certificate.of("observed").replace(certificate, key);
        runner = Contexts.runner()
                .withConfiguration(AutoConfigurations.of(
                        SslAutoConfiguration.class,
                        MetricsAutoConfiguration.class,
                        AsyncoreMetricsAutoConfiguration.class,
                        AsyncoreEndpointAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class)
                .withBean("greeter", DispatcherFactory.class, () -> Greeter::new)
                .withPropertyValues("management.endpoints.web.exposure.include=asyncore")
                .withPropertyValues(BUNDLE + "certificate=" + certificate, BUNDLE + "private-key=" + key)
                .withPropertyValues("asyncore.server.port=0", "asyncore.server.ssl.bundle=web");
    }

    private static int port(ApplicationContext context) {
        return context.getBean(AsyncoreServers.class).get("default").port();
    }

    @Test
    void handshakesAreTimedAndChannelsTellWhatWasAgreed() {
        runner.run(context -> {
            FunctionTimer handshakes = context.getBean(MeterRegistry.class)
                    .get("asyncore.tls.handshake")
                    .tag("server", "default")
                    .functionTimer();
            assertThat(handshakes.count()).isZero();
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context))
                    .startTls(Certificate.trusting(Certificate.of("observed")), "localhost")) {
                client.expectLine("Greeter");
                assertThat(handshakes.count()).isEqualTo(1);
                assertThat(handshakes.totalTime(TimeUnit.SECONDS)).isBetween(1e-6, 30.0);
                ChannelsDescriptor page = context.getBean(AsyncoreEndpoint.class)
                        .channels("default", null, null, null, "connected", null);
                assertThat(page).isNotNull();
                assertThat(page.channels()).singleElement().satisfies(channel -> {
                    assertThat(channel.tlsProtocol()).isEqualTo("TLSv1.3");
                    assertThat(channel.tlsCipher()).startsWith("TLS_");
                });
            }
        });
    }

    @Test
    void whoSpeaksNoTlsIsCountedAsTurnedAway() {
        runner.run(context -> {
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context))) {
                client.sendLine("hello");
                assertThatExceptionOfType(AssertionError.class)
                        .isThrownBy(client::readLine)
                        .withMessageNotContaining("Greeter");
            }
            Contexts.await(() -> context.getBean(MeterRegistry.class)
                            .get("asyncore.connections.rejected")
                            .tag("reason", "tls")
                            .functionCounter()
                            .count()
                    == 1);
            assertThat(context.getBean(AsyncoreEndpoint.class)
                            .servers()
                            .totals()
                            .accepted())
                    .isZero();
        });
    }
}

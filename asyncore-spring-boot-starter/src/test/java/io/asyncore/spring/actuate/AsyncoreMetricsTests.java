package io.asyncore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.spring.LineClient;
import io.asyncore.spring.autoconfigure.AsyncoreMetricsAutoConfiguration;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class AsyncoreMetricsTests {

    private final ApplicationContextRunner withoutRegistry = Contexts.runner()
            .withConfiguration(
                    AutoConfigurations.of(MetricsAutoConfiguration.class, AsyncoreMetricsAutoConfiguration.class))
            .withBean("greeter", DispatcherFactory.class, () -> Greeter::new)
            .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=greeter")
            .withPropertyValues("asyncore.servers.chat.port=0", "asyncore.servers.chat.handler=greeter");

    private final ApplicationContextRunner runner = withoutRegistry.withBean(SimpleMeterRegistry.class);

    @Test
    void channelsAreTheListenerAndTheConnections() {
        runner.run(context -> {
            assertThat(channels(context, "default")).isEqualTo(1);
            try (LineClient client = connect(context)) {
                client.read();
                assertThat(channels(context, "default")).isEqualTo(2);
                assertThat(channels(context, "chat")).isEqualTo(1);
            }
            Contexts.await(() -> channels(context, "default") == 1);
        });
    }

    @Test
    void eventsAreCountedByKindAndServer() {
        runner.run(context -> {
            try (LineClient client = connect(context)) {
                client.read();
                client.send("hello");
                client.read();
                assertThat(events(context, "default", "accept")).isEqualTo(1);
                assertThat(events(context, "default", "connect")).isEqualTo(1);
                assertThat(events(context, "default", "read")).isEqualTo(1);
                assertThat(events(context, "default", "close")).isZero();
                assertThat(events(context, "chat", "accept")).isZero();
            }
            Contexts.await(() -> events(context, "default", "close") == 1);
        });
    }

    @Test
    void everyKindOfEventHasAMeterFromTheStart() {
        runner.run(context -> assertThat(context.getBean(MeterRegistry.class)
                        .find("asyncore.events")
                        .tag("server", "chat")
                        .meters())
                .extracting(meter -> meter.getId().getTag("event"))
                .contains("accept", "connect", "read", "write", "close", "error", "expt", "timeout"));
    }

    @Test
    void metersHaveDescriptionsAndUnits() {
        runner.run(context -> {
            Meter.Id channels = context.getBean(MeterRegistry.class)
                    .get("asyncore.channels")
                    .meter()
                    .getId();
            Meter.Id events = context.getBean(MeterRegistry.class)
                    .get("asyncore.events")
                    .meter()
                    .getId();
            assertThat(channels.getBaseUnit()).isEqualTo("channels");
            assertThat(channels.getDescription()).isNotBlank();
            assertThat(events.getBaseUnit()).isEqualTo("events");
            assertThat(events.getDescription()).isNotBlank();
        });
    }

    @Test
    void countsDoNotFallWhenAServerIsRestarted() {
        runner.run(context -> {
            connect(context).close();
            Contexts.await(() -> events(context, "default", "accept") == 1);
            context.getSourceApplicationContext().stop();
            assertThat(channels(context, "default")).isZero();
            assertThat(events(context, "default", "accept")).isEqualTo(1);
            context.getSourceApplicationContext().start();
            connect(context).close();
            Contexts.await(() -> events(context, "default", "accept") == 2);
            assertThat(channels(context, "default")).isPositive();
        });
    }

    @Test
    void backOffWithoutRegistry() {
        withoutRegistry.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreMetrics.class));
    }

    @Test
    void backOffWithoutMicrometer() {
        Contexts.runner()
                .withConfiguration(AutoConfigurations.of(AsyncoreMetricsAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.micrometer"))
                .withBean("greeter", DispatcherFactory.class, () -> Greeter::new)
                .withPropertyValues("asyncore.server.port=0")
                .run(context -> {
                    AsyncoreServer server =
                            context.getBean(AsyncoreServers.class).get("default");
                    assertThat(LineClient.greetingAt(server.port())).isEqualTo("Greeter");
                    assertThat(context).doesNotHaveBean("asyncoreMetrics");
                });
    }

    private static LineClient connect(ApplicationContext context) throws Exception {
        return new LineClient(
                context.getBean(AsyncoreServers.class).get("default").port());
    }

    private static double channels(ApplicationContext context, String server) {
        return context.getBean(MeterRegistry.class)
                .get("asyncore.channels")
                .tag("server", server)
                .gauge()
                .value();
    }

    private static double events(ApplicationContext context, String server, String event) {
        return context.getBean(MeterRegistry.class)
                .get("asyncore.events")
                .tag("server", server)
                .tag("event", event)
                .functionCounter()
                .count();
    }
}

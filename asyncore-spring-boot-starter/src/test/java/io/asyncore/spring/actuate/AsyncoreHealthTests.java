package io.asyncore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.EventLoop;
import io.asyncore.ExitNow;
import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.spring.autoconfigure.AsyncoreHealthContributorAutoConfiguration;
import io.asyncore.test.AsyncoreTestClient;
import io.asyncore.test.ManualClock;
import io.asyncore.transport.TransportProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.SmartLifecycle;

class AsyncoreHealthTests {

    private final ApplicationContextRunner runner = Contexts.runner()
            .withConfiguration(AutoConfigurations.of(AsyncoreHealthContributorAutoConfiguration.class))
            .withBean("greeter", DispatcherFactory.class, () -> Patient::new)
            .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=greeter");

    /** Stays as long as its client likes, even while the server drains. */
    private static final class Patient extends Greeter {
        @Override
        protected void handleDrain(Duration grace) {}

        @Override
        protected void handleLine(String line) throws Exception {
            if (line.equals("exit")) {
                throw new ExitNow();
            }
            super.handleLine(line);
        }
    }

    private static Health health(ApplicationContext context, String server) {
        HealthIndicator indicator = (HealthIndicator)
                context.getBean(AsyncoreHealthContributor.class).getContributor(server);
        assertThat(indicator).isNotNull();
        return indicator.health();
    }

    private static int port(ApplicationContext context) {
        return context.getBean(AsyncoreServers.class).get("default").port();
    }

    @Test
    void aServerThatRunsIsUpAndSaysHowItIs() {
        runner.withPropertyValues("asyncore.server.limits.connections=7").run(context -> {
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context))) {
                client.readLine();
                Health health = health(context, "default");
                assertThat(health.getStatus()).isEqualTo(Status.UP);
                assertThat(health.getDetails())
                        .containsEntry("port", port(context))
                        .containsEntry("connections", 1)
                        .containsEntry("handshakes", 0)
                        .containsEntry("limit", 7)
                        .containsOnlyKeys("port", "addresses", "connections", "handshakes", "limit", "lag");
                assertThat(health.getDetails().get("addresses")).asString().endsWith(":" + port(context) + "]");
                assertThat(Duration.parse((String) health.getDetails().get("lag")))
                        .isBetween(Duration.ZERO, Duration.ofSeconds(9));
            }
        });
    }

    @Test
    void eachServerHasItsOwn() {
        runner.withPropertyValues("asyncore.servers.chat.port=0", "asyncore.servers.chat.handler=greeter")
                .run(context -> {
                    AsyncoreHealthContributor all = context.getBean(AsyncoreHealthContributor.class);
                    assertThat(all.stream()).extracting(entry -> entry.name()).containsExactly("default", "chat");
                    assertThat(health(context, "chat").getDetails())
                            .containsEntry(
                                    "port",
                                    context.getBean(AsyncoreServers.class)
                                            .get("chat")
                                            .port());
                    assertThat(all.getContributor("nobody")).isNull();
                });
    }

    @Test
    void aStoppedServerIsOutOfService() {
        runner.run(context -> {
            context.getBean("asyncoreServers", Lifecycle.class).stop();
            Health health = health(context, "default");
            assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(health.getDetails()).containsEntry("reason", "stopped");
            context.getBean("asyncoreServers", Lifecycle.class).start();
            assertThat(health(context, "default").getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void aServerThatDrainsIsOutOfService() {
        runner.run(context -> {
            List<String> done = new ArrayList<>();
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context))) {
                client.readLine();
                context.getBean("asyncoreGracefulShutdown", SmartLifecycle.class)
                        .stop(() -> done.add("drained"));
                Health health = health(context, "default");
                assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
                assertThat(health.getDetails())
                        .containsEntry("reason", "draining")
                        .containsEntry("connections", 1);
                assertThat(done).isEmpty();
            }
            Contexts.await(() -> !done.isEmpty());
            assertThat(health(context, "default").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        });
    }

    @Test
    void aServerWhoseLoopHasEndedIsDown() {
        runner.run(context -> {
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context))) {
                client.readLine();
                client.sendLine("exit");
                client.expectEnd();
            }
            Contexts.await(() -> health(context, "default").getStatus().equals(Status.DOWN));
            assertThat(health(context, "default").getDetails()).containsEntry("reason", "its loops have ended");
        });
    }

    @Test
    void aServerWhoseLoopHasFailedIsDown() {
        runner.run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            BrokenLoop.of(server);
            Contexts.await(() -> health(context, "default").getStatus().equals(Status.DOWN));
            assertThat(health(context, "default").getDetails()).containsEntry("reason", "its loops have ended");
            assertThat(server.isRunning()).isFalse();
        });
    }

    @Test
    void aServerWithALoopThatIsStuckIsDownUntilTheCallbackReturns() {
        ManualClock clock = new ManualClock();
        EventLoop idle = new EventLoop(new ChannelMap());
        EventLoop stuck = new EventLoop(new ChannelMap(), TransportProvider.nio(), clock);
        runner.withBean(
                        AsyncoreServerCustomizer.class,
                        () -> (server, builder) -> builder.steppedLoop(idle).steppedLoop(stuck))
                .withPropertyValues("asyncore.server.shutdown=immediate")
                .run(context -> {
                    List<Health> during = new ArrayList<>();
                    stuck.execute(() -> {
                        clock.advance(Duration.ofSeconds(10).minusNanos(1));
                        during.add(health(context, "default"));
                        clock.advance(Duration.ofSeconds(2));
                        during.add(health(context, "default"));
                    });
                    stuck.poll(Duration.ZERO);
                    assertThat(during).extracting(Health::getStatus).containsExactly(Status.UP, Status.DOWN);
                    assertThat(during.get(1).getDetails())
                            .containsEntry("reason", "loop 1 has been in one callback for PT11.999999S")
                            .containsEntry("lag", "PT11.999999S");
                    assertThat(health(context, "default").getStatus()).isEqualTo(Status.UP);
                });
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("management.health.asyncore.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreHealthContributor.class));
        runner.withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreHealthContributor.class));
    }

    @Test
    void anApplicationMayTellItItsOwnWay() {
        runner.withBean(
                        "asyncoreHealthIndicator",
                        HealthIndicator.class,
                        () -> () -> Health.up().build())
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreHealthContributor.class));
    }

    @Test
    void withoutServersThereIsNothingToTell() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(AsyncoreHealthContributorAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreHealthContributor.class));
    }

    @Test
    void withoutSpringBootsHealthTheServersRunAllTheSame() {
        runner.withClassLoader(new FilteredClassLoader(HealthContributor.class)).run(context -> {
            assertThat(Contexts.greetingAt(port(context))).isEqualTo("Patient");
            assertThat(context).doesNotHaveBean("asyncoreHealthContributor");
        });
    }
}

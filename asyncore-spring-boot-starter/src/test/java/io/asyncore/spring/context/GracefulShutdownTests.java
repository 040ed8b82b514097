package io.asyncore.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.test.AsyncoreTestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/** What happens to open connections when the application stops. */
@ExtendWith(OutputCaptureExtension.class)
class GracefulShutdownTests {

    private static final String COMMENCING = "Commencing graceful shutdown. Waiting for open connections to finish";

    /** Lets {@link Worker} finish its work. */
    private static volatile CountDownLatch work = new CountDownLatch(0);

    private final ApplicationContextRunner runner = Contexts.runner()
            .withConfiguration(AutoConfigurations.of(
                    LifecycleAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class))
            .withUserConfiguration(Worker.class)
            .withPropertyValues("asyncore.server.port=0");

    @BeforeEach
    void holdWork() {
        work = new CountDownLatch(1);
    }

    @AfterEach
    void letWorkEnd() {
        work.countDown();
    }

    @Test
    void anAnswerThatIsBeingMadeIsSent(CapturedOutput output) {
        runner.run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            int port = server.port();
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port)) {
                client.readLine();
                client.sendLine("work");
                client.expectLine("working");
                CompletableFuture<Void> stop = stop(context.getSourceApplicationContext());
                Contexts.await(() -> Contexts.isRefused(port));
                assertThat(server.isDraining()).isTrue();
                assertThat(stop).isNotDone();
                work.countDown();
                client.expectLine("done");
                client.expectEnd();
                stop.get(10, TimeUnit.SECONDS);
            }
            assertThat(server.isDraining()).isFalse();
            assertThat(output)
                    .contains(COMMENCING, "Graceful shutdown complete", "Asyncore stopped, connections cut: 0")
                    .doesNotContain("aborted");
        });
    }

    @Test
    void theTimeOfThePhaseIsKept(CapturedOutput output) {
        runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=1200ms")
                .run(context -> {
                    AsyncoreServer server =
                            context.getBean(AsyncoreServers.class).get("default");
                    try (AsyncoreTestClient client = AsyncoreTestClient.connect(server.port())) {
                        client.readLine();
                        client.sendLine("work");
                        client.readLine();
                        stop(context.getSourceApplicationContext()).get(10, TimeUnit.SECONDS);
                        client.expectEnd();
                    }
                    assertThat(output)
                            .contains(COMMENCING, "Graceful shutdown aborted with 1 connections still open")
                            .contains("Asyncore stopped, connections cut: 1")
                            .doesNotContain("Shutdown phase");
                });
    }

    @Test
    void immediatelyMeansNow(CapturedOutput output) {
        runner.withPropertyValues("asyncore.server.shutdown=immediate").run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(server.port())) {
                client.readLine();
                client.sendLine("work");
                client.readLine();
                stop(context.getSourceApplicationContext()).get(10, TimeUnit.SECONDS);
                client.expectEnd();
            }
            assertThat(output).doesNotContain(COMMENCING).contains("Asyncore stopped, connections cut: 1");
        });
    }

    @Test
    void aServerThatWasDrainedCanBeStartedAgain() {
        runner.run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
            for (int round = 0; round < 3; round++) {
                assertThat(Contexts.greetingAt(server.port())).isEqualTo("Worker");
                lifecycle.stop();
                assertThat(server.isRunning()).isFalse();
                lifecycle.start();
                assertThat(server.isDraining()).isFalse();
            }
        });
    }

    @Test
    void happensInThePhaseOfBootsWebServers() {
        runner.run(context -> {
            GracefulShutdown graceful = context.getBean(GracefulShutdown.class);
            assertThat(graceful.getPhase()).isEqualTo(SmartLifecycle.DEFAULT_PHASE - 1024);
            assertThat(graceful.isAutoStartup()).isTrue();
            assertThat(graceful.isPauseable()).isFalse();
            assertThat(graceful.isRunning()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({"30s, 29s", "3s, 2s", "2s, 1s", "1s, 500ms", "100ms, 50ms", "0, 0", "-1s, 0"})
    void theGraceIsThePhaseWithoutASecond(String phase, String grace) {
        runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=" + phase)
                .run(context -> assertThat(context.getBean(GracefulShutdown.class))
                        .extracting("grace")
                        .isEqualTo(org.springframework.boot.convert.DurationStyle.detectAndParse(grace)));
    }

    @Test
    void trafficIsRefusedBeforeConnectionsAre() {
        List<String> states = new ArrayList<>();
        runner.withBean("watcher", Watcher.class, () -> new Watcher(states)).run(context -> {
            states.clear();
            int port = context.getBean(AsyncoreServers.class).get("default").port();
            context.getBean(Watcher.class).port = port;
            context.getSourceApplicationContext().close();
            assertThat(states).containsExactly("REFUSING_TRAFFIC while served");
        });
    }

    @Test
    void trafficIsRefusedOnceIfSomebodyElseHasSaidSo() {
        List<String> states = new ArrayList<>();
        runner.withBean("watcher", Watcher.class, () -> new Watcher(states)).run(context -> {
            context.getBean(Watcher.class).port =
                    context.getBean(AsyncoreServers.class).get("default").port();
            AvailabilityChangeEvent.publish(context.getSourceApplicationContext(), ReadinessState.REFUSING_TRAFFIC);
            context.getSourceApplicationContext().close();
            assertThat(states).hasSize(1);
        });
    }

    @Test
    void theEndOfAChildContextIsNotOurs() {
        List<String> states = new ArrayList<>();
        runner.withBean("watcher", Watcher.class, () -> new Watcher(states)).run(context -> {
            new ApplicationContextRunner()
                    .withParent(context)
                    .run(child -> child.getSourceApplicationContext().close());
            assertThat(states).isEmpty();
            assertThat(context.getBean(AsyncoreServers.class).get("default").isRunning())
                    .isTrue();
        });
    }

    private static CompletableFuture<Void> stop(ConfigurableApplicationContext context) {
        return CompletableFuture.runAsync(context::stop);
    }

    @AsyncoreHandler
    static class Worker extends Greeter {
        @Override
        protected void handleLine(String line) {
            pushLine("working");
            offload(
                    () -> {
                        work.await();
                        return "done";
                    },
                    this::pushLine);
        }
    }

    static class Watcher {
        private final List<String> states;
        volatile int port;

        Watcher(List<String> states) {
            this.states = states;
        }

        @EventListener
        void changed(AvailabilityChangeEvent<ReadinessState> event) {
            states.add(event.getState() + (Contexts.isRefused(port) ? " while refused" : " while served"));
        }
    }
}

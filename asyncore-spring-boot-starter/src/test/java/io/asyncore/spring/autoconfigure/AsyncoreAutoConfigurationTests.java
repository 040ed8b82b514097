package io.asyncore.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asyncore.ChannelGroup;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.LoopEvent;
import io.asyncore.LoopListener;
import io.asyncore.server.DispatcherFactory;
import io.asyncore.server.Server;
import io.asyncore.server.ServerListener;
import io.asyncore.spring.AsyncoreExecutorProvider;
import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.spring.context.ManagedServers;
import io.asyncore.test.AsyncoreTestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.Order;

/** When there are servers, and which beans take part in them. */
class AsyncoreAutoConfigurationTests {

    private final ApplicationContextRunner empty = Contexts.runner();
    private final ApplicationContextRunner runner =
            empty.withUserConfiguration(Echo.class).withPropertyValues("asyncore.server.port=0");

    // ---- when ----

    @Test
    void withoutHandlerAndKeyThereIsNothing() {
        empty.withBean("client", Greeter.class).run(context -> {
            assertThat(context).doesNotHaveBean(AsyncoreServers.class).doesNotHaveBean(AsyncoreProperties.class);
            Contexts.awaitNoLoopThreads();
            assertThat(ConditionEvaluationReport.get(context.getBeanFactory())
                            .getConditionAndOutcomesBySource()
                            .get(AsyncoreAutoConfiguration.class.getName()))
                    .anySatisfy(
                            each -> assertThat(each.getOutcome().getMessage()).contains("no @AsyncoreHandler"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"asyncore.loop.timeout=1s", "asyncore.enabled=true", "asyncore.enabled=TRUE"})
    void keysThatAreNoServersChangeNothing(String key) {
        empty.withPropertyValues(key).run(context -> assertThat(context).doesNotHaveBean(AsyncoreServers.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"asyncore.server.port=0", "asyncore.servers.x.port=0", "asyncore.server=1"})
    void aServersKeyWithoutHandlerFails(String key) {
        empty.withPropertyValues(key).run(context -> assertThat(context).hasFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "${off:false}", "${off:false }"})
    void disabledThereIsNothingWhateverIsConfigured(String value) {
        runner.withPropertyValues("asyncore.enabled=" + value, "asyncore.nonsense=1")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreServers.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "${off:true}", "${off:true }"})
    void enabledThereIs(String value) {
        runner.withPropertyValues("asyncore.enabled=" + value)
                .run(context -> assertThat(context).hasSingleBean(AsyncoreServers.class));
    }

    /** Some of them would be a truth to Boot's conversion, and yet to its conditions none. */
    @ParameterizedTest
    @ValueSource(strings = {"nope", "", "on", "yes", "1", "off", "no", "0", "${off:maybe}"})
    void whatIsNeitherOnNorOffFailsTheStart(String value) {
        empty.withPropertyValues("asyncore.enabled=" + value)
                .run(context -> assertThat(Contexts.analysis(context.getStartupFailure()))
                        .matches("'asyncore.enabled' has the value '" + value.replaceAll(".*:|}", "")
                                + "' \\(set in .+\\), which cannot be read\\.\nWrite true or false\\."));
    }

    // ---- what can be replaced ----

    @Test
    void serversOfTheApplicationTakeThePlaceOfAll() {
        AsyncoreServers own = new AsyncoreServers() {
            @Override
            public AsyncoreServer get(String name) {
                throw new IllegalArgumentException(name);
            }

            @Override
            public List<AsyncoreServer> all() {
                return List.of();
            }
        };
        runner.withBean(AsyncoreServers.class, () -> own).run(context -> {
            assertThat(context).getBean(AsyncoreServers.class).isSameAs(own);
            assertThat(context).doesNotHaveBean(ManagedServers.class).doesNotHaveBean("asyncoreGracefulShutdown");
        });
    }

    @Test
    void anExecutorOfTheApplicationRunsWhatIsOffloaded() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Executor own = work -> new Thread(work, "own").start();
        runner.withBean(AsyncoreExecutorProvider.class, () -> () -> own).run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            assertThat(server.offloadExecutor()).isSameAs(own);
            assertThat(threadOfOffload(server)).isEqualTo("own");
            assertThat(threads).isEmpty();
        });
    }

    // ---- offload ----

    @Test
    void whatIsOffloadedRunsOnThreadsOfItsOwn() {
        runner.run(context -> assertThat(
                        threadOfOffload(context.getBean(AsyncoreServers.class).get("default")))
                .startsWith("asyncore-offload-"));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void theyAreVirtualIfTheApplicationWantsThose() {
        runner.withPropertyValues("spring.threads.virtual.enabled=true").run(context -> {
            AtomicReference<Thread> thread = new AtomicReference<>();
            context.getBean(AsyncoreServers.class)
                    .get("default")
                    .offloadExecutor()
                    .execute(() -> thread.set(Thread.currentThread()));
            Contexts.await(() -> thread.get() != null);
            assertThat(thread.get().toString()).startsWith("VirtualThread");
        });
    }

    @Test
    void itLeavesBootsExecutorInPlace() {
        runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .run(context -> {
                    assertThat(context).hasBean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME);
                    assertThat(context).getBeans(Executor.class).hasSize(1);
                });
    }

    @Test
    void nothingIsOffloadedWhenTheContextIsClosed() {
        AtomicReference<Executor> executor = new AtomicReference<>();
        runner.run(context -> executor.set(
                context.getBean(AsyncoreServers.class).get("default").offloadExecutor()));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> executor.get().execute(() -> {}))
                .withMessage("the application has stopped");
    }

    // ---- who takes part ----

    @Test
    void listenersWatchEveryServer() {
        Watcher watcher = new Watcher();
        LoopListener plain = new LoopListener() {
            @Override
            public void onEvent(LoopEvent event, Dispatcher channel) {
                watcher.seen.add("plain " + event);
            }
        };
        runner.withBean(Watcher.class, () -> watcher)
                .withBean("plain", LoopListener.class, () -> plain)
                .withPropertyValues("asyncore.servers.chat.port=0")
                .withBean("chat", DispatcherFactory.class, () -> Greeter::new)
                .run(context -> {
                    for (AsyncoreServer server :
                            context.getBean(AsyncoreServers.class).all()) {
                        Contexts.greetingAt(server.port());
                    }
                    Contexts.await(
                            () -> watcher.seen.contains("closed Echo") && watcher.seen.contains("closed Greeter"));
                    assertThat(watcher.seen).contains("opened Echo", "opened Greeter", "plain ACCEPT");
                });
    }

    @Test
    void customizersRunInTheirOrder() {
        List<String> order = new ArrayList<>();
        runner.withBean("second", Second.class, () -> new Second(order))
                .withBean("first", First.class, () -> new First(order))
                .run(context -> assertThat(order).containsExactly("first default", "second default"));
    }

    @Test
    void aCustomizerThatGivesAValueWhichCannotBeIsNamed() {
        runner.withBean(Greedy.class)
                .run(context -> assertThat(Contexts.analysis(context.getStartupFailure()))
                        .contains("The AsyncoreServerCustomizer " + Greedy.class.getName()
                                + " cannot build the server 'default'")
                        .contains("maxConnections must be at least 1, but is 0"));
    }

    @Test
    void groupsAreFoundByNameAndOutliveARestart() {
        runner.run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            assertThat(server.group("devices"))
                    .isSameAs(server.group("devices"))
                    .isNotSameAs(server.group("others"));
            ChannelGroup devices = server.group("devices");
            context.getSourceApplicationContext().stop();
            context.getSourceApplicationContext().start();
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(server.port())) {
                client.readLine();
                assertThat(devices.add((Greeter) server.connections().get(0))).isTrue();
                assertThat(server.group("devices").send("hear\r\n")).isEqualTo(1);
                client.expectLine("hear");
            }
        });
    }

    private static String threadOfOffload(AsyncoreServer server) throws Exception {
        try (AsyncoreTestClient client = AsyncoreTestClient.connect(server.port())) {
            client.readLine();
            client.sendLine("thread");
            return String.valueOf(client.readLine());
        }
    }

    @AsyncoreHandler
    static class Echo extends Greeter {
        @Override
        protected void handleLine(String line) {
            offload(() -> Thread.currentThread().getName(), this::pushLine);
        }
    }

    static class Watcher implements ServerListener {
        final Set<String> seen = ConcurrentHashMap.newKeySet();

        @Override
        public void onOpened(Dispatcher handler) {
            seen.add("opened " + handler.getClass().getSimpleName());
        }

        @Override
        public void onClosed(Dispatcher channel, CloseReason reason) {
            seen.add("closed " + channel.getClass().getSimpleName());
        }
    }

    static class Greedy implements AsyncoreServerCustomizer {
        @Override
        public void customize(String server, Server.Builder builder) {
            builder.maxConnections(0);
        }
    }

    @Order(1)
    record First(List<String> order) implements AsyncoreServerCustomizer {
        @Override
        public void customize(String server, Server.Builder builder) {
            order.add("first " + server);
        }
    }

    @Order(2)
    record Second(List<String> order) implements AsyncoreServerCustomizer {
        @Override
        public void customize(String server, Server.Builder builder) {
            order.add("second " + server);
        }
    }
}

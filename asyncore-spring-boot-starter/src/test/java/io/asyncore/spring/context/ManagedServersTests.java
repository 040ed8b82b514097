package io.asyncore.spring.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.ChannelSnapshot;
import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.AsyncoreServerStartedEvent;
import io.asyncore.spring.AsyncoreServerStoppedEvent;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.test.AsyncoreTestClient;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

/** Servers live as long as their application context. */
@ExtendWith(OutputCaptureExtension.class)
class ManagedServersTests {

    private final ApplicationContextRunner runner = Contexts.runner()
            .withBean("greeter", DispatcherFactory.class, () -> Greeter::new)
            .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=greeter")
            .withPropertyValues("asyncore.servers.chat.port=0", "asyncore.servers.chat.handler=greeter");

    @Test
    void publishTheirRealPorts() {
        runner.run(context -> {
            AsyncoreServers servers = context.getBean(AsyncoreServers.class);
            assertThat(context.getEnvironment().getProperty("local.asyncore.server.port", Integer.class))
                    .isPositive()
                    .isEqualTo(servers.get("default").port());
            assertThat(context.getEnvironment().getProperty("local.asyncore.servers.chat.port", Integer.class))
                    .isPositive()
                    .isEqualTo(servers.get("chat").port());
        });
    }

    @Test
    void publishTheirPortsInParentContextsToo() {
        try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext()) {
            parent.refresh();
            runner.withParent(parent)
                    .run(context -> assertThat(parent.getEnvironment().getProperty("local.asyncore.server.port"))
                            .isEqualTo(context.getEnvironment().getProperty("local.asyncore.server.port")));
        }
    }

    @Test
    void sayThatTheyStarted(CapturedOutput output) {
        runner.run(context -> {
            AsyncoreServers servers = context.getBean(AsyncoreServers.class);
            assertThat(output)
                    .containsPattern("INFO .* Asyncore started on port "
                            + servers.get("default").port() + " \\(tcp\\)\\R")
                    .containsPattern("INFO .* Asyncore server 'chat' started on port "
                            + servers.get("chat").port() + " \\(tcp\\)\\R");
        });
    }

    @Test
    void areToldByTheirNames() {
        runner.run(context -> {
            AsyncoreServer chat = context.getBean(AsyncoreServers.class).get("chat");
            assertThat(new AsyncoreServerStartedEvent(chat).toString())
                    .contains("AsyncoreServer[chat, [", ":" + chat.port() + "]]");
            context.getSourceApplicationContext().stop();
            assertThat(chat).hasToString("AsyncoreServer[chat, not started]");
        });
    }

    @Test
    void sayOnceWhoServesWhom(CapturedOutput output) {
        runner.run(context -> {
            context.getSourceApplicationContext().stop();
            context.getSourceApplicationContext().start();
            assertThat(output.getOut()
                            .split("Asyncore server 'chat' serves connections with the factory 'greeter'", -1))
                    .hasSize(2);
        });
    }

    @Test
    void areFoundByName() {
        runner.run(context -> {
            AsyncoreServers servers = context.getBean(AsyncoreServers.class);
            assertThat(servers.all()).extracting(AsyncoreServer::name).containsExactly("default", "chat");
            assertThat(servers.get("chat").name()).isEqualTo("chat");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> servers.get("caht"))
                    .withMessage("No server 'caht', only [default, chat]");
        });
    }

    @Test
    void showTheirConnections() {
        runner.run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            assertThat(server.connections()).isEmpty();
            assertThat(server.channelCount()).as("the listener").isEqualTo(1);
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(server.port())) {
                client.readLine();
                assertThat(server.connections()).hasSize(1).first().isInstanceOf(Greeter.class);
                assertThat(server.channels().get(10, TimeUnit.SECONDS))
                        .extracting(ChannelSnapshot::handler)
                        .hasSize(2)
                        .contains(Greeter.class.getName());
                assertThat(server.channelCount()).isEqualTo(2);
            }
            Contexts.await(() -> server.channelCount() == 1);
        });
    }

    @Test
    void startInThePhaseOfBootsWebServersAndAreNotPaused() {
        runner.run(context -> {
            ManagedServers servers = context.getBean(ManagedServers.class);
            assertThat(servers.getPhase()).isEqualTo(SmartLifecycle.DEFAULT_PHASE - 2048);
            assertThat(servers.isAutoStartup()).isTrue();
            assertThat(servers.isPauseable()).isFalse();
        });
    }

    @Test
    void surviveAPauseOfTheContext() {
        runner.run(context -> {
            ConfigurableApplicationContext pauseable = context.getSourceApplicationContext();
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            int port = server.port();
            pauseable.pause();
            assertThat(Contexts.greetingAt(port)).isEqualTo("Greeter");
            pauseable.restart();
            assertThat(server.port()).isEqualTo(port);
        });
    }

    @Test
    void canBeStoppedAndStartedAgain() {
        runner.run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            int port = server.port();
            ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port)) {
                client.readLine();
                lifecycle.stop();
                client.expectEnd();
            }
            assertStopped(server, port);
            lifecycle.start();
            assertThat(Contexts.greetingAt(server.port())).isEqualTo("Greeter");
            assertThat(context.getEnvironment().getProperty("local.asyncore.server.port", Integer.class))
                    .isEqualTo(server.port());
        });
    }

    @Test
    void endWithTheContext() {
        List<AsyncoreServer> servers = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        runner.run(context -> {
            servers.addAll(context.getBean(AsyncoreServers.class).all());
            servers.forEach(server -> ports.add(server.port()));
        });
        for (int i = 0; i < servers.size(); i++) {
            assertStopped(servers.get(i), ports.get(i));
        }
        assertThat(servers).hasSize(2);
        Contexts.awaitNoLoopThreads();
    }

    @Test
    void tellWhenTheyStartAndStop() {
        List<String> events = new ArrayList<>();
        runner.withBean(EventLog.class, () -> new EventLog(events)).run(context -> {
            int defaultPort =
                    context.getBean(AsyncoreServers.class).get("default").port();
            assertThat(events).hasSize(2).startsWith("default started on " + defaultPort);
            events.clear();
        });
        assertThat(events).containsExactly("default stopped", "chat stopped");
    }

    @Test
    void startEvenIfBeansAreLazy() {
        runner.withInitializer(context -> context.addBeanFactoryPostProcessor(
                        new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(Contexts.greetingAt(context.getEnvironment()
                                .getRequiredProperty("local.asyncore.servers.chat.port", Integer.class)))
                        .isEqualTo("Greeter"));
    }

    @Test
    void areBuiltUnderTheEyesOfCustomizers() {
        List<String> customized = new ArrayList<>();
        runner.withBean("second", AsyncoreServerCustomizer.class, () -> new Second(customized))
                .withBean("first", AsyncoreServerCustomizer.class, () -> new First(customized))
                .run(context -> assertThat(customized)
                        .containsExactly("first default", "second default", "first chat", "second chat"));
    }

    @Test
    void backOffIfTheApplicationBringsItsOwn() {
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
        runner.withBean("own", AsyncoreServers.class, () -> own)
                .run(context ->
                        assertThat(context).getBean(AsyncoreServers.class).isSameAs(own));
    }

    @Test
    void aPortIsTakenBeforeStartReturns() {
        runner.run(context -> assertThatExceptionOfType(java.net.BindException.class)
                .isThrownBy(() -> new ServerSocket(context.getBean(AsyncoreServers.class)
                                .get("chat")
                                .port())
                        .close()));
    }

    private static void assertStopped(AsyncoreServer server, int formerPort) {
        assertThat(server.isRunning()).isFalse();
        assertThat(server.port()).isEqualTo(-1);
        assertThat(server.channelCount()).isZero();
        assertThat(server.connections()).isEmpty();
        assertThat(Contexts.isRefused(formerPort)).isTrue();
    }

    record EventLog(List<String> events) {
        @EventListener
        void started(AsyncoreServerStartedEvent event) {
            AsyncoreServer server = event.getServer();
            events.add(server.name() + " started on " + server.port());
        }

        @EventListener
        void stopped(AsyncoreServerStoppedEvent event) {
            events.add(event.getServer().name() + " stopped");
        }
    }

    @Order(1)
    record First(List<String> log) implements AsyncoreServerCustomizer {
        @Override
        public void customize(String server, io.asyncore.server.Server.Builder builder) {
            log.add("first " + server);
        }
    }

    @Order(2)
    record Second(List<String> log) implements AsyncoreServerCustomizer {
        @Override
        public void customize(String server, io.asyncore.server.Server.Builder builder) {
            log.add("second " + server);
        }
    }
}

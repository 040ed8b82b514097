package io.asyncore.spring.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServerStartedEvent;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

/** A start that fails, for whatever reason, leaves no server behind. */
class FailedStartTests {

    private final ApplicationContextRunner runner = Contexts.runner()
            .withBean("greeter", DispatcherFactory.class, () -> Greeter::new)
            .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=greeter")
            .withPropertyValues("asyncore.servers.chat.port=0", "asyncore.servers.chat.handler=greeter");

    @Test
    void aPortInUseFailsTheStartAndEndsTheOtherServers() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            runner.withPropertyValues("asyncore.servers.chat.port=" + taken.getLocalPort())
                    .run(context -> assertThat(Contexts.analysis(context.getStartupFailure()))
                            .contains("The server 'chat' (asyncore.servers.chat) cannot listen on port "
                                    + taken.getLocalPort() + ": ")
                            .contains("in use")
                            .contains("set another port or address under asyncore.servers.chat."));
        }
        Contexts.awaitNoLoopThreads();
    }

    @Test
    void aRestartThatFailsEndsTheOtherServers() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        runner.withPropertyValues("asyncore.servers.chat.port=" + port).run(context -> {
            ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
            lifecycle.stop();
            try (ServerSocket taken = new ServerSocket(port)) {
                assertThat(taken.isBound()).isTrue();
                assertThatExceptionOfType(ApplicationContextException.class)
                        .isThrownBy(lifecycle::start)
                        .withCauseInstanceOf(AsyncoreStartException.class);
            }
            Contexts.awaitNoLoopThreads();
        });
    }

    @Test
    void endIfAListenerOfTheirStartFails() {
        runner.withBean("broken", Broken.class, Broken::new)
                .run(context -> assertThat(context).hasFailed());
        Contexts.awaitNoLoopThreads();
    }

    @Test
    void endIfALaterBeanDoesNotStart() {
        runner.withBean(FailingLast.class).run(context -> assertThat(context).hasFailed());
        Contexts.awaitNoLoopThreads();
    }

    @Test
    void endIfTheContextFailsAfterItsBeansHaveStarted() {
        ApplicationListener<ContextRefreshedEvent> failing = event -> {
            assertThat(Contexts.loopThreads()).contains("asyncore-default", "asyncore-chat");
            throw new IllegalStateException("after start");
        };
        runner.withInitializer(context -> context.addApplicationListener(failing))
                .run(context -> assertThat(context).hasFailed().getFailure().hasMessage("after start"));
        Contexts.awaitNoLoopThreads();
    }

    static class Broken {
        @EventListener
        void started(AsyncoreServerStartedEvent event) {
            throw new IllegalStateException(
                    "a listener failed at " + event.getServer().name());
        }
    }

    static class FailingLast implements SmartLifecycle {
        @Override
        public void start() {
            assertThat(Contexts.loopThreads()).contains("asyncore-default", "asyncore-chat");
            throw new IllegalStateException("as Tomcat does when its port is taken");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}

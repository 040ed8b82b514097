package io.asyncore.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.test.AsyncoreTestClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** An application stops in time, whatever its handlers do. */
@ExtendWith(OutputCaptureExtension.class)
class StopInTimeTests {

    private static final String LEFT =
            "was closed, but its loop 0 does not end, and its thread 'asyncore-%s' is left behind:";

    /** Servers with a {@link Stubborn} that has begun not to return, and what lets it. */
    private static final Set<Integer> stuckPorts = ConcurrentHashMap.newKeySet();

    private static volatile CountDownLatch release = new CountDownLatch(1);

    private final ApplicationContextRunner runner = Contexts.runner()
            .withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class))
            .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=stubborn")
            .withPropertyValues("asyncore.servers.other.port=0", "asyncore.servers.other.handler=stubborn")
            .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=400ms")
            .withBean("stubborn", DispatcherFactory.class, () -> Stubborn::new);

    private final List<AsyncoreTestClient> clients = new ArrayList<>();

    @AfterEach
    void letGo() {
        release.countDown();
        clients.forEach(AsyncoreTestClient::close);
        Contexts.awaitNoLoopThreads();
        release = new CountDownLatch(1);
        stuckPorts.clear();
    }

    /** Does not return when it is told something. */
    static class Stubborn extends Greeter {
        @Override
        protected void handleLine(String line) {
            stuckPorts.add(((InetSocketAddress) socket().localAddress()).getPort());
            awaits(line, release);
        }

        private static void awaits(String line, CountDownLatch release) {
            if (line.equals("log")) {
                LoggerFactory.getLogger("io.asyncore.Stubborn").info("never written");
            }
            while (release.getCount() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private void tell(ApplicationContext context, String server, String line) {
        AsyncoreServer told = context.getBean(AsyncoreServers.class).get(server);
        AsyncoreTestClient client = AsyncoreTestClient.connect(told.port());
        clients.add(client);
        client.readLine();
        client.sendLine(line);
        Contexts.await(() -> stuckPorts.contains(told.port()));
    }

    private static void stop(ConfigurableApplicationContext context) throws Exception {
        CompletableFuture.runAsync(context::stop).get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"graceful", "immediate"})
    void aHandlerThatDoesNotReturnIsLeftBehind(String shutdown, CapturedOutput output) {
        runner.withPropertyValues("asyncore.server.shutdown=" + shutdown, "asyncore.servers.other.shutdown=" + shutdown)
                .run(context -> {
                    AsyncoreServers servers = context.getBean(AsyncoreServers.class);
                    tell(context, "default", "wait");
                    tell(context, "other", "wait");
                    stop(context.getSourceApplicationContext());
                    assertThat(servers.all()).noneMatch(AsyncoreServer::isRunning);
                    Contexts.await(() -> output.getOut().contains(LEFT.formatted("default"))
                            && output.getOut().contains(LEFT.formatted("other")));
                    assertThat(output).contains("in handleRead of <" + Stubborn.class.getName());
                });
    }

    /** As it is where the standard output is a pipe that nobody reads. */
    @Test
    void aLogThatTakesNothingHindersNobody() {
        CountDownLatch pipe = release;
        AppenderBase<ILoggingEvent> blocked = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                while (pipe.getCount() > 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            }
        };
        Logger logger = (Logger) LoggerFactory.getLogger("io.asyncore");
        blocked.start();
        runner.run(context -> {
            logger.addAppender(blocked);
            try {
                tell(context, "default", "log");
                stop(context.getSourceApplicationContext());
                assertThat(context.getBean(AsyncoreServers.class).all()).noneMatch(AsyncoreServer::isRunning);
            } finally {
                release.countDown();
                logger.detachAppender(blocked);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"30s, 0s, 10s", "3s, 2500ms, 1s", "3s, 0s, 3500ms", "3s, 3s, 500ms", "3s, 1h, 500ms", "0s, 0s, 500ms"})
    void allTogetherTakesThePhaseAndHalfASecondAtMost(String phase, String elapsed, String left) {
        assertThat(new PhaseTime(duration(phase)).toClose(duration(elapsed))).isEqualTo(duration(left));
    }

    private static Duration duration(String text) {
        return DurationStyle.detectAndParse(text);
    }
}

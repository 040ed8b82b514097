package io.asyncore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.ExitNow;
import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.spring.autoconfigure.AsyncoreMetricsAutoConfiguration;
import io.asyncore.test.AsyncoreTestClient;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            try (AsyncoreTestClient client = connect(context)) {
                client.readLine();
                assertThat(channels(context, "default")).isEqualTo(2);
                assertThat(channels(context, "chat")).isEqualTo(1);
            }
            Contexts.await(() -> channels(context, "default") == 1);
        });
    }

    @Test
    void eventsAreCountedByKindAndServer() {
        runner.run(context -> {
            try (AsyncoreTestClient client = connect(context)) {
                client.readLine();
                client.sendLine("hello");
                client.readLine();
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
                    assertThat(Contexts.greetingAt(server.port())).isEqualTo("Greeter");
                    assertThat(context).doesNotHaveBean("asyncoreMetrics");
                });
    }

    @Test
    void eachLoopIsCountedByItself() {
        runner.withPropertyValues("asyncore.server.loops=2").run(context -> {
            try (AsyncoreTestClient one = connect(context);
                    AsyncoreTestClient two = connect(context)) {
                one.readLine();
                two.readLine();
                assertThat(loops(context, "asyncore.events", "event", "connect"))
                        .containsOnly(Map.entry("0", 1.0), Map.entry("1", 1.0));
                assertThat(loops(context, "asyncore.channels", "server", "default"))
                        .as("the first has the listener, too")
                        .containsOnly(Map.entry("0", 2.0), Map.entry("1", 1.0));
            }
        });
    }

    @Test
    void connectionsAreCountedUntilTheirEnd() {
        runner.withPropertyValues("asyncore.server.limits.connections=7").run(context -> {
            try (AsyncoreTestClient client = connect(context)) {
                client.readLine();
                assertThat(value(context, "asyncore.connections.current")).isEqualTo(1);
                assertThat(value(context, "asyncore.connections.config.max")).isEqualTo(7);
                Contexts.await(() -> value(context, "asyncore.connections.accepted") == 1);
                assertThat(value(context, "asyncore.connections.closed")).isZero();
            }
            Contexts.await(() -> value(context, "asyncore.connections.closed", "reason", "peer") == 1);
            assertThat(value(context, "asyncore.connections.closed")).isEqualTo(1);
            Contexts.await(() -> value(context, "asyncore.connections.current") == 0);
            context.getSourceApplicationContext().stop();
            assertThat(value(context, "asyncore.connections.config.max")).isNaN();
            assertThat(value(context, "asyncore.connections.closed"))
                    .as("listeners are no connections")
                    .isEqualTo(1);
        });
    }

    /** In the mode in which nobody is turned away, and where connections hold the places that have no handler yet. */
    @Test
    void aFullServerIsToBeSeenWhateverHasFilledIt() {
        runner.withPropertyValues(
                        "asyncore.server.limits.connections=2",
                        "asyncore.server.proxy-protocol.mode=required",
                        "asyncore.server.proxy-protocol.trusted=127.0.0.1")
                .run(context -> {
                    try (AsyncoreTestClient one = connect(context);
                            AsyncoreTestClient two = connect(context);
                            AsyncoreTestClient waiting = connect(context)) {
                        one.send("PROXY ");
                        two.send("PROXY ");
                        waiting.send("PROXY ");
                        Contexts.await(() -> value(context, "asyncore.connections.handshakes") == 2);
                        assertThat(value(context, "asyncore.connections.current"))
                                .isZero();
                        double before = full(context, "full");
                        Contexts.await(() -> full(context, "full") > before);
                        assertThat(full(context, "handshakes")).isZero();
                    }
                    Contexts.await(() -> value(context, "asyncore.connections.handshakes") == 0);
                    Contexts.await(() -> {
                        double after = full(context, "full");
                        return full(context, "full") == after;
                    });
                    assertThat(value(context, "asyncore.connections.rejected", "reason", "full"))
                            .isZero();
                });
    }

    private static double full(ApplicationContext context, String reason) {
        return value(context, "asyncore.connections.full", "reason", reason);
    }

    @Test
    void whoIsTurnedAwayIsCounted() {
        runner.withPropertyValues("asyncore.server.filter.deny=127.0.0.0/8").run(context -> {
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context))) {
                client.expectEnd();
            }
            assertThat(value(context, "asyncore.connections.rejected", "reason", "filter"))
                    .isEqualTo(1);
            assertThat(value(context, "asyncore.connections.rejected")).isEqualTo(1);
            assertThat(value(context, "asyncore.connections.accepted")).isZero();
        });
    }

    @Test
    void bytesAndCallbacksAreCountedAndTimed() {
        runner.run(context -> {
            try (AsyncoreTestClient client = connect(context)) {
                client.readLine();
                client.sendLine("hello");
                client.readLine();
                client.sendLine("hello");
                client.readLine();
                Contexts.await(() -> reads(context).count() == 2);
                assertThat(value(context, "asyncore.bytes", "direction", "in")).isEqualTo(14);
                assertThat(value(context, "asyncore.bytes", "direction", "out")).isEqualTo(9 + 7 + 7);
                assertThat(reads(context).totalTime(TimeUnit.NANOSECONDS)).isPositive();
                assertThat(reads(context).totalTime(TimeUnit.SECONDS)).isLessThan(30);
                Contexts.await(() -> value(context, "asyncore.loop.turns") > 0);
                assertThat(value(context, "asyncore.loop.tasks.pending")).isZero();
                assertThat(context.getBean(MeterRegistry.class)
                                .get("asyncore.loop.lag")
                                .tag("server", "default")
                                .timeGauge()
                                .value(TimeUnit.SECONDS))
                        .isBetween(0.0, 30.0);
            }
        });
    }

    /** A scrape sees it, although it is over by then. */
    @Test
    void aSlowCallbackIsCountedAndSeenAfterwards() {
        runner.withPropertyValues("asyncore.loop.slow-callback=5ms").run(context -> {
            assertThat(value(context, "asyncore.callback.slow")).isZero();
            EventLoop loop = context.getBean(AsyncoreServers.class)
                    .get("default")
                    .server()
                    .loop();
            loop.execute(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)));
            Contexts.await(() -> value(context, "asyncore.callback.slow") > 0);
            Contexts.await(() -> loop.busyNanos() == 0);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("asyncore.callback.longest")
                            .tag("server", "default")
                            .timeGauge()
                            .value(TimeUnit.SECONDS))
                    .isBetween(0.005, 60.0);
        });
    }

    @Test
    void aServerThatHasEndedAllowsNoConnections() {
        runner.run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            assertThat(value(context, "asyncore.connections.config.max")).isPositive();
            server.server().loop().execute(() -> {
                throw new ExitNow("by the test");
            });
            Contexts.await(() -> !server.isRunning());
            assertThat(value(context, "asyncore.connections.config.max")).isNaN();
        });
    }

    private static FunctionTimer reads(ApplicationContext context) {
        return context.getBean(MeterRegistry.class)
                .get("asyncore.callback")
                .tag("server", "default")
                .tag("event", "read")
                .functionTimer();
    }

    @Test
    void outputThatNobodyReadsIsPendingAndThenDropped() {
        runner.withPropertyValues("asyncore.server.write-buffer.limit=64MB").run(context -> {
            try (AsyncoreTestClient client = connect(context)) {
                client.readLine();
                assertThat(value(context, "asyncore.write.pending")).isZero();
                Dispatcher connection = context.getBean(AsyncoreServers.class)
                        .get("default")
                        .connections()
                        .get(0);
                ((Greeter) connection).push(new byte[16 << 20]);
                Contexts.await(() -> value(context, "asyncore.write.pending") > 0);
                assertThat(value(context, "asyncore.write.dropped")).isZero();
            }
            Contexts.await(() -> value(context, "asyncore.write.pending") == 0);
            Contexts.await(() -> value(context, "asyncore.write.dropped") > 0);
        });
    }

    @Test
    void aRegistryThatComesLaterSeesWhatWasCountedBefore() {
        runner.run(context -> {
            Contexts.greetingAt(port(context));
            Contexts.await(() -> value(context, "asyncore.connections.accepted") == 1);
            MeterRegistry later = new SimpleMeterRegistry();
            context.getBean(AsyncoreMetrics.class).bindTo(later);
            assertThat(later.getMeters())
                    .extracting(Meter::getId)
                    .containsExactlyInAnyOrderElementsOf(ours(context.getBean(MeterRegistry.class)));
            assertThat(later.get("asyncore.connections.accepted")
                            .tag("server", "default")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        });
    }

    /** Each row of the table has a meter and the other way round; so have its tags. */
    @Test
    void theReferenceListsTheMetersWithTheirTags() {
        Pattern row =
                Pattern.compile("\\| `(asyncore\\.[a-z.]+)` \\| ([a-z ]+) \\| ([a-z]+) \\| ((?:`[a-z]+`(?:, )?)+) \\|");
        runner.run(context -> {
            List<String> documented = row.matcher(section("Meters"))
                    .results()
                    .map(match -> String.join("|", match.group(1), match.group(3), match.group(4)))
                    .toList();
            assertThat(documented)
                    .containsExactlyInAnyOrderElementsOf(ours(context.getBean(MeterRegistry.class)).stream()
                            .map(AsyncoreMetricsTests::row)
                            .distinct()
                            .toList());
        });
    }

    private static String row(Meter.Id meter) {
        String unit = meter.getBaseUnit();
        return String.join(
                "|",
                meter.getName(),
                meter.getType() == Meter.Type.TIMER ? "seconds" : unit == null ? "number" : unit,
                Stream.of("server", "loop", "event", "reason", "direction")
                        .filter(tag -> meter.getTag(tag) != null)
                        .collect(Collectors.joining("`, `", "`", "`")));
    }

    static String section(String title) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reference.md"));
        return page.split("\n## " + title + "\n", 2)[1].split("\n## ", 2)[0];
    }

    private static List<Meter.Id> ours(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("asyncore."))
                .toList();
    }

    private static int port(ApplicationContext context) {
        return context.getBean(AsyncoreServers.class).get("default").port();
    }

    /** The sum of a meter of the default server over everything else, or where one more tag has this value. */
    private static double value(ApplicationContext context, String name, String... tag) {
        return context.getBean(MeterRegistry.class).get(name).tag("server", "default").tags(tag).meters().stream()
                .mapToDouble(AsyncoreMetricsTests::value)
                .sum();
    }

    private static double value(Meter meter) {
        return meter.measure().iterator().next().getValue();
    }

    private static Map<String, Double> loops(ApplicationContext context, String name, String... tag) {
        return context.getBean(MeterRegistry.class).get(name).tag("server", "default").tags(tag).meters().stream()
                .collect(Collectors.toMap(
                        meter -> String.valueOf(meter.getId().getTag("loop")), AsyncoreMetricsTests::value));
    }

    private static AsyncoreTestClient connect(ApplicationContext context) throws Exception {
        return AsyncoreTestClient.connect(
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

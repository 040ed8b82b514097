package io.asyncore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.spring.autoconfigure.AsyncoreEndpointAutoConfiguration;
import io.asyncore.test.AsyncoreTestClient;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Lifecycle;

/** What the endpoint says and does, whatever it is reached by. */
class AsyncoreEndpointTests {

    private final ApplicationContextRunner hidden = Contexts.runner()
            .withConfiguration(AutoConfigurations.of(AsyncoreEndpointAutoConfiguration.class))
            .withBean("greeter", DispatcherFactory.class, () -> Greeter::new)
            .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=greeter")
            .withPropertyValues(
                    "asyncore.loop.slow-callback=1h"); // so that none is counted, however slow the machine is

    private final ApplicationContextRunner runner =
            hidden.withPropertyValues("management.endpoints.web.exposure.include=asyncore");

    private static AsyncoreEndpoint endpoint(ApplicationContext context) {
        return context.getBean(AsyncoreEndpoint.class);
    }

    private static int port(ApplicationContext context) {
        return context.getBean(AsyncoreServers.class).get("default").port();
    }

    private static boolean close(ApplicationContext context, String server, long id) {
        return endpoint(context).close(server, id).closed();
    }

    private static ChannelsDescriptor all(ApplicationContext context) {
        ChannelsDescriptor all = endpoint(context).channels("default", null, null, null, null, null);
        assertThat(all).isNotNull();
        return all;
    }

    private static ChannelDescriptor connection(ApplicationContext context) {
        return all(context).channels().stream()
                .filter(channel -> channel.state().equals("CONNECTED"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void serversAndTheirTotals() {
        runner.withPropertyValues("asyncore.servers.chat.port=0", "asyncore.servers.chat.handler=greeter")
                .withPropertyValues("asyncore.server.loops=2", "asyncore.servers.chat.limits.connections=3")
                .run(context -> {
                    try (AsyncoreTestClient one = AsyncoreTestClient.connect(port(context));
                            AsyncoreTestClient two = AsyncoreTestClient.connect(port(context))) {
                        one.sendLine("hello");
                        one.readLine();
                        one.readLine();
                        two.readLine();
                        Contexts.await(
                                () -> endpoint(context).servers().totals().bytesOut() == 9 + 9 + 7);
                        ServersDescriptor servers = endpoint(context).servers();
                        assertThat(servers.servers()).containsOnlyKeys("default", "chat");
                        assertThat(servers.totals()).isEqualTo(new Totals(2, 0, 4, 0, 2, 0, 0, 7, 25, 0));
                        ServerDescriptor server = servers.servers().get("default");
                        assertThat(server.state()).isEqualTo(ServerDescriptor.State.RUNNING);
                        assertThat(server.addresses()).containsExactly("*:" + port(context));
                        assertThat(server.loops())
                                .extracting(LoopDescriptor::channels)
                                .containsExactly(2, 1);
                        assertThat(server.totals()).isEqualTo(new Totals(2, 0, 3, 0, 2, 0, 0, 7, 25, 0));
                        assertThat(servers.servers().get("chat").limit()).isEqualTo(3);
                        assertThat(servers.servers().get("chat").totals())
                                .isEqualTo(new Totals(0, 0, 1, 0, 0, 0, 0, 0, 0, 0));
                    }
                });
    }

    @Test
    void slowCallbacksAreCounted() {
        runner.withPropertyValues("asyncore.loop.slow-callback=5ms").run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            server.server().loop().execute(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)));
            Contexts.await(() -> endpoint(context).servers().totals().slowCallbacks() > 0);
        });
    }

    @Test
    void aStoppedServerKeepsItsCountsAndHasNothingElse() {
        runner.run(context -> {
            Contexts.greetingAt(port(context));
            Contexts.await(() -> endpoint(context).servers().totals().closed() == 1);
            context.getBean("asyncoreServers", Lifecycle.class).stop();
            assertThat(endpoint(context).servers().servers().get("default"))
                    .isEqualTo(new ServerDescriptor(
                            ServerDescriptor.State.STOPPED,
                            List.of(),
                            null,
                            new Totals(0, 0, 0, 0, 1, 0, 1, 0, 9, 0),
                            List.of()));
            assertThat(all(context).channels()).isEmpty();
            assertThat(endpoint(context).channel("default", 1)).isNull();
            assertThat(close(context, "default", 1)).isFalse();
        });
    }

    @Test
    void aServerWhoseLoopHasFailedHasEnded() {
        runner.run(context -> {
            Contexts.greetingAt(port(context));
            BrokenLoop.of(context.getBean(AsyncoreServers.class).get("default"));
            Contexts.await(
                    () -> endpoint(context).servers().servers().get("default").state() == ServerDescriptor.State.ENDED);
            ServerDescriptor server = endpoint(context).servers().servers().get("default");
            assertThat(server.totals().connections()).isZero();
            assertThat(server.totals().accepted()).isEqualTo(1);
            assertThat(all(context).channels()).isEmpty();
        });
    }

    @Test
    void aChannelIsShownByItsNumber() {
        runner.run(context -> {
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context))) {
                client.sendLine("hello");
                client.readLine();
                client.readLine();
                long id = connection(context).id();
                ChannelDescriptor channel = endpoint(context).channel("default", id);
                assertThat(channel).isNotNull();
                assertThat(channel.handler()).isEqualTo(Greeter.class.getName());
                assertThat(channel.bytesIn()).isEqualTo(7);
                assertThat(channel.local()).isEqualTo("127.0.0.1:" + port(context));
                assertThat(channel.peer()).matches("127\\.0\\.0\\.1:\\d+");
                assertThat(channel.age()).startsWith("PT");
                assertThat(channel.tlsProtocol()).isNull();
                assertThat(endpoint(context).channel("default", id + 1000)).isNull();
                assertThat(endpoint(context).channel("nobody", id)).isNull();
                assertThat(endpoint(context).channels("nobody", null, null, null, null, null))
                        .isNull();
            }
        });
    }

    @Test
    void channelsAreFilteredAndPaged() {
        runner.run(context -> {
            try (AsyncoreTestClient one = AsyncoreTestClient.connect(port(context));
                    AsyncoreTestClient two = AsyncoreTestClient.connect(port(context));
                    AsyncoreTestClient three = AsyncoreTestClient.connect(port(context))) {
                one.readLine();
                two.readLine();
                three.readLine();
                List<ChannelDescriptor> all = all(context).channels();
                assertThat(all).hasSize(4).extracting(ChannelDescriptor::id).isSorted();
                assertThat(ids(context, 1, 2, null, null, null))
                        .containsExactly(all.get(1).id(), all.get(2).id());
                assertThat(ids(context, 4, null, null, null, null)).isEmpty();
                assertThat(ids(context, null, null, null, "listening", null))
                        .containsExactly(all.get(0).id());
                assertThat(ids(context, null, null, all.get(2).peer(), null, null))
                        .containsExactly(all.get(2).id());
                assertThat(ids(context, null, null, null, null, "Greeter")).hasSize(3);
                assertThat(ids(context, null, null, null, null, "eeter")).isEmpty();
                assertThat(ids(context, 1, null, "127.0.0.1", "CONNECTED", Greeter.class.getName()))
                        .hasSize(2);
                ChannelsDescriptor page = endpoint(context).channels("default", 2, 1, null, "connected", null);
                assertThat(page).isNotNull();
                assertThat(List.of(page.total(), page.matched(), page.offset(), page.limit()))
                        .containsExactly(4, 3, 2, 1);
                assertThat(page.channels())
                        .extracting(ChannelDescriptor::id)
                        .containsExactly(all.get(3).id());
            }
        });
    }

    private static List<Long> ids(
            ApplicationContext context, Integer offset, Integer limit, String peer, String state, String handler) {
        ChannelsDescriptor page = endpoint(context).channels("default", offset, limit, peer, state, handler);
        assertThat(page).isNotNull();
        return page.channels().stream().map(ChannelDescriptor::id).toList();
    }

    @Test
    void whatMakesNoSenseIsRefusedWithTheRule() {
        runner.run(context -> {
            assertRefused(() -> ids(context, -1, null, null, null, null), "offset must not be negative");
            assertRefused(() -> ids(context, null, 0, null, null, null), "limit must be between 1 and 1000");
            assertRefused(() -> ids(context, null, 1001, null, null, null), "limit must be between 1 and 1000");
            assertRefused(
                    () -> ids(context, null, null, null, "open", null),
                    "state must be one of [CLOSED, CLOSING, CONNECTED, CONNECTING, LISTENING, NEW]");
            long listener = all(context).channels().get(0).id();
            assertRefused(
                    () -> endpoint(context).close("default", listener),
                    "channel " + listener + " listens for the server: stop the server instead");
            assertThat(Contexts.greetingAt(port(context))).isEqualTo("Greeter");
        });
    }

    private static void assertRefused(Runnable request, String reason) {
        assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(request::run)
                .satisfies(refused -> assertThat(refused.getReason()).isEqualTo(reason));
    }

    @Test
    void aChannelIsClosedOnce() {
        runner.run(context -> {
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context));
                    AsyncoreTestClient other = AsyncoreTestClient.connect(port(context))) {
                client.readLine();
                other.readLine();
                long id = connection(context).id();
                assertThat(close(context, "nobody", id)).isFalse();
                assertThat(close(context, "default", id)).isTrue();
                client.expectEnd();
                assertThat(close(context, "default", id)).isFalse();
                other.sendLine("still here");
                other.expectLine("still here");
            }
        });
    }

    /** The peers of Unix-domain sockets choose their own paths. */
    @Test
    void whatAPeerCallsItselfIsEscaped(@TempDir Path directory) {
        assertThat(Addresses.show(UnixDomainSocketAddress.of(directory.resolve("a\u001b[31m\nb"))))
                .endsWith("a\\u001B[31m\\nb");
        assertThat(Addresses.show(InetSocketAddress.createUnresolved("x\ny", 1)))
                .contains("x\\ny")
                .doesNotContain("\n");
        assertThat(Addresses.show(new InetSocketAddress("::1", 7))).isEqualTo("[0:0:0:0:0:0:0:1]:7");
        assertThat(Addresses.show(null)).isNull();
    }

    @Test
    void aLoopThatIsStuckIsNotWaitedForForEver() {
        CountDownLatch release = new CountDownLatch(1);
        runner.run(context -> {
            AsyncoreServer server = context.getBean(AsyncoreServers.class).get("default");
            assertThat(new LoopQuestions(server).patience()).isEqualTo(Duration.ofSeconds(5));
            server.server().loop().execute(() -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            try {
                assertThatExceptionOfType(LoopUnavailableException.class)
                        .isThrownBy(() -> new LoopQuestions(server, Duration.ofSeconds(1)).channels())
                        .withMessage("the server 'default' did not answer within 1 s");
                assertThat(endpoint(context).servers().totals().channels()).isEqualTo(1);
            } finally {
                release.countDown();
            }
            assertThat(all(context).channels()).hasSize(1);
        });
    }

    @Test
    void itIsThereOnlyWhereItIsExposed() {
        hidden.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(AsyncoreEndpoint.class)
                .doesNotHaveBean(AsyncoreCounters.class));
        hidden.withPropertyValues("management.endpoints.jmx.exposure.include=asyncore", "spring.jmx.enabled=true")
                .run(context -> assertThat(context)
                        .hasSingleBean(AsyncoreEndpoint.class)
                        .doesNotHaveBean(AsyncoreEndpointWebExtension.class));
        runner.withPropertyValues("management.endpoint.asyncore.access=NONE")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreEndpoint.class));
    }

    @Test
    void withoutServersThereIsNoEndpoint() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(AsyncoreEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=asyncore")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreEndpoint.class));
    }

    @Test
    void withoutTheActuatorTheServersRunAllTheSame() {
        runner.withClassLoader(new FilteredClassLoader(Endpoint.class)).run(context -> {
            assertThat(Contexts.greetingAt(port(context))).isEqualTo("Greeter");
            assertThat(context).doesNotHaveBean("asyncoreEndpoint").doesNotHaveBean("asyncoreCounters");
        });
    }

    @Test
    void theEndpointNeedsNoMicrometer() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer")).run(context -> {
            assertThat(Contexts.greetingAt(port(context))).isEqualTo("Greeter");
            Contexts.await(() -> endpoint(context).servers().totals().accepted() == 1);
        });
    }
}

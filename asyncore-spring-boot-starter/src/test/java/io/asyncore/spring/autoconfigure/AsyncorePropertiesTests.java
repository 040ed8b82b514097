package io.asyncore.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.LoopCounters;
import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.test.AsyncoreTestClient;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** Each key reaches the server; a wrong one fails the start and says so. */
@ExtendWith(OutputCaptureExtension.class)
class AsyncorePropertiesTests {

    private final ApplicationContextRunner runner =
            Contexts.runner().withBean("greeter", DispatcherFactory.class, () -> Greeter::new);

    @Test
    void addressIsWhereTheServerListens() {
        runner.withPropertyValues("asyncore.server.port=0", "asyncore.server.address=127.0.0.1")
                .run(context -> {
                    int port = port(context, "default");
                    assertThat(Contexts.greetingAt(port)).isEqualTo("Greeter");
                    assertThat(Contexts.isRefused(new InetSocketAddress("127.0.0.2", port)))
                            .isTrue();
                });
    }

    @Test
    void withoutAddressTheServerListensOnAllOfThem() {
        runner.withPropertyValues("asyncore.server.port=0").run(context -> {
            try (AsyncoreTestClient client =
                    AsyncoreTestClient.connect(new InetSocketAddress("127.0.0.2", port(context, "default")))) {
                client.expectLine("Greeter");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"asyncore.server,default", "asyncore.servers.named,named"})
    void idleTimeoutClosesASilentConnection(String prefix, String server) {
        runner.withPropertyValues(prefix + ".port=0", prefix + ".timeouts.idle=100ms")
                .run(context -> {
                    try (AsyncoreTestClient client = AsyncoreTestClient.connect(port(context, server))) {
                        client.expectLine("Greeter");
                        client.expectEnd();
                    }
                });
    }

    @Test
    void connectionLimitLetsFurtherConnectionsWait() {
        runner.withPropertyValues("asyncore.server.port=0", "asyncore.server.limits.connections=1")
                .run(context -> {
                    AsyncoreServers servers = context.getBean(AsyncoreServers.class);
                    AsyncoreTestClient first = AsyncoreTestClient.connect(port(context, "default"));
                    first.expectLine("Greeter");
                    try (AsyncoreTestClient second = AsyncoreTestClient.connect(port(context, "default"))) {
                        first.sendLine("still alone");
                        first.expectLine("still alone");
                        assertThat(servers.get("default").connections()).hasSize(1);
                        first.close();
                        second.expectLine("Greeter");
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"asyncore.loop.timeout=5ms", "asyncore.server.port=0", "asyncore.servers.named.port=0"})
    void loopTimeoutIsTheLongestWaitOfATurn(String property) {
        LoopCounters counters = new LoopCounters();
        AsyncoreServerCustomizer watch = (server, builder) -> builder.port(0).listener(counters);
        runner.withBean(AsyncoreServerCustomizer.class, () -> watch)
                .withPropertyValues("asyncore.loop.timeout=5ms", property)
                .run(context -> Contexts.await(() -> counters.turns() > 50));
    }

    @Test
    void environmentVariablesWork() {
        Map<String, Object> variables = Map.of(
                "ASYNCORE_SERVER_PORT",
                "0",
                "ASYNCORE_SERVERS_CHAT_PORT",
                "0",
                "ASYNCORE_LOOP_TIMEOUT",
                "1s",
                "ASYNCORE_SERVERS_CHAT_HANDLER",
                "greeter",
                "ASYNCORE_SERVER_HANDLER",
                "greeter");
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new org.springframework.core.env.SystemEnvironmentPropertySource(
                                        "systemEnvironment", variables)))
                .run(context -> {
                    assertThat(Contexts.greetingAt(port(context, "chat"))).isEqualTo("Greeter");
                    assertThat(Contexts.greetingAt(port(context, "default"))).isEqualTo("Greeter");
                    assertThat(context.getBean(AsyncoreProperties.class).loop().timeout())
                            .hasSeconds(1);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "asyncore.sever.port; asyncore; enabled, loop, server, servers.",
                "asyncore.enable; asyncore; enabled, loop, server, servers.",
                "asyncore.server.prot; asyncore.server; address, backlog, filter, handler, limits, loops, path",
                "asyncore.servers.chat.prot; asyncore.servers.chat; address, backlog, filter, handler, limits, loops, path",
                "asyncore.server.timeouts.idel; asyncore.server.timeouts; connect, handshake, idle, message, proxy-header, write-stall.",
                "asyncore.server.limits.connection; asyncore.server.limits; accepts-per-turn, connections, farewell",
                "asyncore.server.port.number; asyncore.server; address, backlog",
                "asyncore.loop.timeouts; asyncore.loop; busy-poll, slow-callback, thread-name-prefix, timeout.",
            })
    void anUnknownKeyFailsTheStart(String key, String group, String keys) {
        assertThat(failure("asyncore.servers.chat.port=0", key + "=1"))
                .contains("There is no key '" + key + "' (set in ", "Under " + group + " there are: " + keys);
    }

    @Test
    void aListWithAGapFailsTheStart() {
        assertThat(failure("asyncore.server.filter.deny[1]=10.0.0.0/8"))
                .contains("There is no key 'asyncore.server.filter.deny[1]' (set in ")
                .contains("Lists are counted from 0, and leave no number out.");
    }

    @Test
    void aListThatDoesNotExistHasNoGap() {
        assertThat(failure("asyncore.server.filter.alow[0]=10.0.0.0/8"))
                .contains("There is no key 'asyncore.server.filter.alow[0]' (set in ")
                .contains("Under asyncore.server.filter there are: allow, deny.")
                .doesNotContain("Lists are counted");
    }

    /** Perhaps another profile says otherwise: it starts. */
    @ParameterizedTest
    @CsvSource({
        "proxy-protocol.trusted, 10.0.0.0/8, 'asyncore.server.proxy-protocol.trusted has no effect, as asyncore.server.proxy-protocol.mode is off'",
        "path-permissions, rw-------, 'asyncore.server.path-permissions has no effect, as there is no asyncore.server.path'"
    })
    void aKeyWithoutEffectIsWarnedOf(String key, String value, String warning, CapturedOutput output) {
        runner.withPropertyValues("asyncore.server.port=0", "asyncore.server." + key + "=" + value)
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains(warning);
    }

    @Test
    void keysThatHaveAnEffectAreNot(CapturedOutput output) {
        runner.withPropertyValues("asyncore.server.port=0", "asyncore.server.proxy-protocol.mode=required")
                .withPropertyValues("asyncore.server.proxy-protocol.trusted=10.0.0.0/8")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("has no effect");
    }

    @Test
    void unknownKeysOfOthersAreLeftToBootsAnalysis() {
        new ApplicationContextRunner()
                .withUserConfiguration(StrictOthers.class)
                .withPropertyValues("others.unknown=1")
                .run(context -> assertThat(Contexts.analysis(context.getStartupFailure()))
                        .contains("Property: others.unknown")
                        .doesNotContain("asyncore.server"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Chat", "my-chat", "9chat", "a_b"})
    void aNameWithOtherThanLowerCaseLettersAndDigitsFailsTheStart(String name) {
        assertThat(failure("asyncore.servers." + name + ".port=0")).contains("Use lower-case letters and digits only");
    }

    @Test
    void theDefaultServerIsNotConfiguredAmongTheOthers() {
        assertThat(failure("asyncore.servers.default.port=0")).contains("Move the keys", "to asyncore.server");
    }

    @Test
    void aNamedServerWithoutPortFailsTheStart() {
        assertThat(failure("asyncore.servers.chat.timeouts.idle=1m"))
                .contains("The server 'chat' has no port", "Set asyncore.servers.chat.port");
    }

    @ParameterizedTest
    @CsvSource({
        "asyncore.server.port, -1, must be between 0 (any free one) and 65535",
        "asyncore.servers.chat.port, 65536, must be between 0 (any free one) and 65535",
        "asyncore.server.port, many, a whole number from 0 to 65535",
        "asyncore.server.timeouts.idle, -1s, must be longer than zero",
        "asyncore.servers.chat.timeouts.idle, 0, must be longer than zero",
        "asyncore.server.limits.connections, 0, must be at least 1",
        "asyncore.loop.timeout, 0, must be longer than zero",
        "asyncore.server.address, no.such.host.invalid, or a name that can be looked up",
    })
    void aValueThatCannotBeFailsTheStartAndIsNamed(String key, String value, String reason) {
        assertThat(failure(
                        "asyncore.server.handler=greeter",
                        "asyncore.servers.chat.handler=greeter",
                        "asyncore.servers.chat.port=0",
                        key + "=" + value))
                .contains(key)
                .contains(reason);
    }

    private String failure(String... properties) {
        StringBuilder analysis = new StringBuilder();
        runner.withPropertyValues(properties).run(context -> {
            assertThat(context).hasFailed();
            analysis.append(Contexts.analysis(context.getStartupFailure()));
        });
        return analysis.toString();
    }

    private static int port(ApplicationContext context, String server) {
        return context.getBean(AsyncoreServers.class).get(server).port();
    }

    @EnableConfigurationProperties(Others.class)
    static class StrictOthers {}

    @ConfigurationProperties(prefix = "others", ignoreUnknownFields = false)
    record Others(String known) {}
}

package io.asyncore.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Names of the environment that look like keys: which ones are told of. */
@ExtendWith(OutputCaptureExtension.class)
class StrayNamesTests {

    private final ApplicationContextRunner runner = Contexts.runner()
            .withBean("greeter", DispatcherFactory.class, () -> Greeter::new)
            .withPropertyValues("asyncore.server.port=0");

    @Test
    void aSystemProperty(CapturedOutput output) {
        runner.withSystemProperties("asyncore.server.prot=1", "asyncore.sever.port=2", "asyncore.server.backlog=5")
                .run(context -> assertThat(output)
                        .containsPattern("WARN .* The system property 'asyncore.sever.port' is none of the keys")
                        .containsPattern("WARN .* The system property 'asyncore.server.prot' is none of the keys")
                        .doesNotContain("'asyncore.server.backlog'"));
    }

    @Test
    void anEnvironmentVariable(CapturedOutput output) {
        Map<String, Object> variables = Map.of(
                "ASYNCORE_SERVER_PROT",
                "5",
                "ASYNCORE_SERVER_BACKLOG",
                "5",
                "ASYNCORE_LOOP_PORT",
                "tcp://10.0.0.1:80",
                "ASYNCORE_ENABLE",
                "false");
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource("systemEnvironment", variables)))
                .run(context -> assertThat(output)
                        .containsPattern("WARN .* The environment variable 'ASYNCORE_SERVER_PROT' is none of the keys")
                        .containsPattern("WARN .* The environment variable 'ASYNCORE_ENABLE' is none of the keys")
                        .doesNotContain("'ASYNCORE_SERVER_BACKLOG'", "'ASYNCORE_LOOP_PORT'"));
    }

    @ParameterizedTest
    @CsvSource({
        "ASYNCORE_PORT, DEBUG",
        "ASYNCORE_MAX_CONNECTIONS, DEBUG",
        "ASYNCORE_HOME, DEBUG",
        "asyncore.x, DEBUG",
        "ASYNCORE_SERVERNAME, DEBUG",
        "ASYNCORE_ENABLE, WARN",
        "ASYNCORE_SERVR_PORT, WARN",
        "ASYNCORE_SERVER_TIMEOUT, WARN",
        "asyncore.servers.my.chat.port, WARN",
        "ASYNCORE_LOOP_PERIOD, WARN",
    })
    void onlyWhatWasMeantToBeAKeyIsWarnedOf(String name, Level level) {
        assertThat(StrayNames.isStray(name)).isTrue();
        assertThat(StrayNames.level(name)).isEqualTo(level);
    }

    /** As containers are often told: the application's file says {@code port: ${ASYNCORE_PORT}}. */
    @Test
    void notAVariableForAPlaceholder(CapturedOutput output) {
        Map<String, Object> variables = Map.of("ASYNCORE_PORT", "0", "ASYNCORE_MAX_CONNECTIONS", "7");
        runner.withPropertyValues(
                        "asyncore.server.port=${ASYNCORE_PORT}",
                        "asyncore.server.limits.connections=${ASYNCORE_MAX_CONNECTIONS}")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource("systemEnvironment", variables)))
                .run(context -> assertThat(context.getBean(AsyncoreServers.class)
                                .get("default")
                                .server()
                                .limits()
                                .connections())
                        .isEqualTo(7));
        assertThat(output).contains("Asyncore started").doesNotContain("is none of the keys");
    }

    @ParameterizedTest
    @CsvSource({
        "asyncore.sever.port, asyncore.server.port",
        "asyncore.enable, asyncore.enabled",
        "ASYNCORE_ENABLE, asyncore.enabled",
        "ASYNCORE_SERVR_PORT, asyncore.server.port",
        "ASYNCORE_SERVER_PROT, asyncore.server.port",
        "ASYNCORE_SERVER_LIMITS_PERPER, asyncore.server.limits.per-peer",
        "ASYNCORE_SERVER_FILTER_ALOW_0_, asyncore.server.filter.allow",
        "ASYNCORE_SERVER_WRITEBUFFER_HIHG, asyncore.server.write-buffer.high",
        "ASYNCORE_SERVERS_CHAT_TIMEOUT_IDLE, asyncore.servers.chat.timeouts.idle",
        "ASYNCORE_SERVRES_CHAT_PORT, asyncore.servers.chat.port",
        "ASYNCORE_LOPP_TIMEOUT, asyncore.loop.timeout",
    })
    void aNameOfWhichAKeyIsNear(String name, String key) {
        assertThat(StrayNames.warning("thing", name))
                .isEqualTo("The thing '" + name + "' is none of the keys that there are; the nearest is '" + key
                        + "': correct it, unless somebody else reads it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ASYNCORE_HOME", "asyncore.server.timeout", "ASYNCORE_SERVERS_MY_CHAT_PORT", "asyncore.x"})
    void aNameOfWhichNoKeyIsNear(String name) {
        assertThat(StrayNames.warning("thing", name))
                .isEqualTo("The thing '" + name + "' is none of the keys that there are: correct it, unless somebody"
                        + " else reads it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asyncore.sever.port",
                "asyncore.enable",
                "asyncore.other.thing",
                "ASYNCORE_SERVR_PORT",
                "ASYNCORE_ENABLE",
                "ASYNCORE_PORT",
                "ASYNCORE_HOME",
                "asyncore.server.timeout.idle",
                "asyncore.servers.chat.prot",
                "asyncore.servers.chat.export",
                "asyncore.servers.my.chat.port",
                "asyncore.loop.timeouts",
                "ASYNCORE_SERVER_TIMEOUT_IDLE",
                "ASYNCORE_SERVERS_CHAT_PROT",
                "ASYNCORE_SERVERS_CHAT_EXPORT",
                "ASYNCORE_SERVERS_MY_CHAT_PORT",
                "ASYNCORE_LOOP_TIMEOUTS"
            })
    void anything(String name) {
        assertThat(StrayNames.isStray(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asyncore.server.limits.per-peer",
                "asyncore.server.limits.perPeer",
                "asyncore.server.filter.allow[0]",
                "asyncore.servers.chat.limits.per_peer",
                "asyncore.loop.busy-poll",
                "asyncore.enabled",
                "asyncore.server",
                "asyncore.servers.chat",
                "asyncore.seed",
                "asyncore.seeds",
                "asyncorex",
                "asyncorex.port",
                "asyncore-tool.port",
                "io.asyncore.checks",
                "ASYNCORE",
                "ASYNCOREX_PORT",
                "MY_ASYNCORE_PORT",
                "ASYNCORE_ENABLED",
                "ASYNCORE_SERVER_LIMITS_PERPEER",
                "ASYNCORE_SERVER_LIMITS_PER_PEER",
                "ASYNCORE_SERVER_FILTER_ALLOW_0",
                "ASYNCORE_SERVER_FILTER_ALLOW_0_",
                "ASYNCORE_SERVERS_CHAT_PORT",
                "asyncore_server_port",
                "ASYNCORE_SERVER_SERVICE_HOST",
                "ASYNCORE_SERVER_SERVICE_PORT_TCP",
                "ASYNCORE_SERVER_PORT_9001_TCP_ADDR",
                "ASYNCORE_SERVICE_HOST",
                "ASYNCORE_SERVICE_PORT_LINES",
                "ASYNCORE_PORT_9001_TCP_ADDR",
                "ASYNCORE_LINE_SERVICE_PORT"
            })
    void noneThatBindsOrIsSomebodyElses(String name) {
        assertThat(StrayNames.isStray(name)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noKeyOfAServer(String key) {
        assertThat(StrayNames.isStray("asyncore.server." + key)).isFalse();
        assertThat(StrayNames.isStray(
                        "ASYNCORE_SERVERS_X_" + key.toUpperCase(Locale.ROOT).replaceAll("\\W", "_")))
                .isFalse();
    }

    static String[] keys() {
        return OptionKeysTests.keys(AsyncoreProperties.Server.class, "").toArray(String[]::new);
    }
}

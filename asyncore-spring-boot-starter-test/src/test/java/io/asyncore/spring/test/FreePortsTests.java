package io.asyncore.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.spring.AsyncoreServers;
import io.asyncore.test.AsyncoreTestClient;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

/** Which ports servers get, by what the test says and what the application's configuration says. */
class FreePortsTests {

    @TempDir
    private static Path directory;

    @BeforeAll
    static void take() {
        TakenPort.take();
        System.setProperty("test.path", directory.resolve("server").toString());
    }

    private static ApplicationContext contextOf(Class<?> test) {
        return new TestContextManager(test).getTestContext().getApplicationContext();
    }

    private static int port(ApplicationContext context, String server) {
        return context.getBean(AsyncoreServers.class).get(server).port();
    }

    private static void assertServes(ApplicationContext context) {
        AsyncoreTestClients clients = context.getBean(AsyncoreTestClients.class);
        try (AsyncoreTestClient client = clients.connect()) {
            client.sendLine("hello");
            client.expectLine("hello");
        }
    }

    // ---- not set by the test ----

    @SpringBootTest(classes = Application.class)
    static class Plain {}

    @SpringBootTest(classes = Application.class)
    static class PlainToo {}

    @SpringBootTest(classes = Application.class, properties = "some.other.key=1")
    static class Another {}

    @Test
    void twoContextsThatAreKeptAtOnce() {
        ApplicationContext first = contextOf(Plain.class);
        ApplicationContext second = contextOf(Another.class);
        assertThat(second).isNotSameAs(first);
        assertThat(contextOf(PlainToo.class)).as("shared").isSameAs(first);
        assertThat(port(first, "default"))
                .isNotIn(TakenPort.take(), port(second, "default"))
                .isPositive();
        assertThat(port(first, "chat"))
                .isNotIn(TakenPort.take(), port(second, "chat"))
                .isPositive();
        assertServes(first);
        assertServes(second);
    }

    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.NONE,
            properties = {"spring.config.name=none", "asyncore.servers.chat.backlog=10"})
    static class NoPort {}

    @Test
    void theDefaultPort() {
        try (var context = (AbstractApplicationContext) contextOf(DefaultNotConfigured.class)) {
            assertThat(port(context, "default")).isNotEqualTo(9001).isPositive();
            assertServes(context);
        }
    }

    @SpringBootTest(
            classes = Application.class,
            properties = {"spring.config.name=none", "asyncore.servers.chat.port=0"})
    static class DefaultNotConfigured {}

    @Test
    void aNamedServerWithoutPortIsAMistakeInATestToo() {
        assertThatThrownBy(() -> contextOf(NoPort.class)).hasStackTraceContaining("The server 'chat' has no port.");
    }

    @SpringBootTest(classes = NoServer.class, properties = "spring.config.name=none")
    static class WithoutServers {}

    @EnableAutoConfiguration
    static class NoServer {}

    @Test
    void anApplicationWithoutServersGetsNone() {
        assertThat(contextOf(WithoutServers.class).getBeanNamesForType(AsyncoreServers.class))
                .isEmpty();
    }

    // ---- set by the test ----

    @SpringBootTest(classes = Application.class, properties = "asyncore.servers.chat.port=${taken.port}")
    static class ByProperties {}

    @SpringBootTest(classes = Application.class, properties = "asyncore.servers[chat].PORT=${taken.port}")
    static class BySpelling {}

    @SpringBootTest(classes = Application.class, args = "--asyncore.servers.chat.port=${taken.port}")
    static class ByArguments {}

    @SpringBootTest(classes = Application.class)
    @TestPropertySource(properties = "asyncore.servers.chat.port=${taken.port}")
    static class ByPropertySource {}

    @SpringBootTest(classes = Application.class)
    @TestPropertySource(locations = "classpath:chat-port.properties")
    static class ByLocation {}

    @SpringBootTest(classes = Application.class)
    static class ByMethod {
        @DynamicPropertySource
        static void ports(DynamicPropertyRegistry registry) {
            registry.add("asyncore.servers.chat.port", TakenPort::take);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ByProperties.class,
                BySpelling.class,
                ByArguments.class,
                ByPropertySource.class,
                ByLocation.class,
                ByMethod.class
            })
    void aPortThatTheTestSetsStays(Class<?> test) {
        assertThatThrownBy(() -> contextOf(test))
                .hasStackTraceContaining(
                        "The server 'chat' (asyncore.servers.chat) cannot listen on port " + TakenPort.take());
    }

    @SpringBootTest(classes = Application.class, properties = "asyncore.server.port=0")
    static class Zero {}

    @Test
    void zeroStays() {
        assertServes(contextOf(Zero.class));
    }

    // ---- defined ----

    @SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.DEFINED_PORT)
    static class Defined {
        class Inner {}
    }

    @Test
    void definedPortsStay() {
        assertThatThrownBy(() -> contextOf(Defined.class))
                .hasStackTraceContaining(
                        "The server 'default' (asyncore.server) cannot listen on port " + TakenPort.take());
    }

    @Test
    void aNestedTestIsAsTheOneAroundIt() {
        assertThat(customizerOf(Defined.Inner.class))
                .isEqualTo(customizerOf(Defined.class))
                .isNotEqualTo(customizerOf(Plain.class));
    }

    @ContextConfiguration(classes = Application.class)
    static class NoBootTest {}

    @Test
    void whatIsNoSpringBootTestIsLeftAlone() {
        assertThat(customizerOf(NoBootTest.class)).isNull();
    }

    private static @Nullable ContextCustomizer customizerOf(Class<?> test) {
        return new AsyncoreTestCustomizerFactory().createContextCustomizer(test, List.of());
    }

    // ---- a path in place of a port ----

    @SpringBootTest(
            classes = Application.class,
            properties = {
                "spring.config.name=none",
                "asyncore.server.path=${test.path}",
                "asyncore.servers.chat.path=${test.path}.chat"
            })
    static class ByPath {}

    @Test
    void aServerWithAPathGetsNoPort() {
        try (var context = (AbstractApplicationContext) contextOf(ByPath.class)) {
            assertThat(port(context, "default")).isEqualTo(-1);
            assertThat(port(context, "chat")).isEqualTo(-1);
            assertServes(context);
        }
    }

    @SpringBootTest(classes = Application.class, properties = "asyncore.server.path=${test.path}")
    static class ByPathAndPort {}

    @Test
    void aServerWithBothKeepsThePathAndGetsAFreePort() {
        try (var context = (AbstractApplicationContext) contextOf(ByPathAndPort.class)) {
            assertThat(port(context, "default")).isNotEqualTo(TakenPort.take()).isPositive();
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(directory.resolve("server"))) {
                client.sendLine("hello");
                client.expectLine("hello");
            }
        }
    }
}

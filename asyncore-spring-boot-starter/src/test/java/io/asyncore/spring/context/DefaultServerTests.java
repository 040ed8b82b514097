package io.asyncore.spring.context;

import static io.asyncore.spring.context.HandlerResolverTests.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** When the default server exists. A customizer keeps these tests away from its fixed port. */
class DefaultServerTests {

    private final ApplicationContextRunner runner =
            Contexts.runner().withBean(AsyncoreServerCustomizer.class, () -> (server, builder) -> builder.port(0));

    @Test
    void doesNotExistByItself() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreServers.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"port=9001", "address=127.0.0.1", "handler=greeter", "timeouts.idle=1m", "limits.connections=5"})
    void existsIfOneOfItsKeysIsSet(String key) {
        ApplicationContextRunner configured = runner.withPropertyValues("asyncore.server." + key);
        assertThat(servers(configured.withBean("greeter", DispatcherFactory.class, () -> Greeter::new)))
                .containsExactly("default");
    }

    @Test
    void existsForTheOnlyHandler() {
        assertThat(servers(runner.withUserConfiguration(Plain.class))).containsExactly("default");
    }

    @Test
    void existsForTheOnlyFactory() {
        assertThat(servers(runner.withBean("any", DispatcherFactory.class, () -> Greeter::new)))
                .containsExactly("default");
    }

    @Test
    void existsForAHandlerThatNamesIt() {
        assertThat(servers(runner.withUserConfiguration(ForDefault.class)
                        .withBean("any", DispatcherFactory.class, () -> Greeter::new)))
                .containsExactly("default");
    }

    @Test
    void existsForABeanWithItsName() {
        assertThat(servers(runner.withBean("Default", DispatcherFactory.class, () -> Greeter::new)
                        .withBean("other", DispatcherFactory.class, () -> Greeter::new)))
                .containsExactly("default");
    }

    @Test
    void existsBesideOthersForAnAnnotatedHandlerThatIsLeft() {
        assertThat(servers(chat().withUserConfiguration(Plain.class))).containsExactly("default", "chat");
    }

    @Test
    void doesNotExistBesideOthersForAFactoryThatIsLeft() {
        assertThat(servers(chat().withBean("any", DispatcherFactory.class, () -> Greeter::new)))
                .containsExactly("chat");
    }

    @Test
    void failsForAHandlerThatIsForgotten() {
        assertThat(failure(runner.withUserConfiguration(ForDefault.class, Plain.class)))
                .contains("No server uses the @AsyncoreHandler defaultServerTests.Plain.")
                .contains("Name the server in the annotation", "or remove the annotation");
    }

    @Test
    void failsForTwoHandlers() {
        assertThat(failure(runner.withUserConfiguration(Plain.class, Other.class)))
                .contains("The server 'default' (asyncore.server) has more than one possible handler");
    }

    @Test
    void aSharedDispatcherIsNoHandler() {
        runner.withBean("client", Greeter.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreServers.class));
    }

    private ApplicationContextRunner chat() {
        return runner.withBean("chat", DispatcherFactory.class, () -> Greeter::new)
                .withPropertyValues("asyncore.servers.chat.port=0");
    }

    private static List<String> servers(ApplicationContextRunner runner) {
        List<String> names = new ArrayList<>();
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(AsyncoreServers.class).all().stream()
                    .peek(server -> assertThat(server.isRunning()).isTrue())
                    .map(AsyncoreServer::name)
                    .forEach(names::add);
        });
        return names;
    }

    @AsyncoreHandler
    static class Plain extends Greeter {}

    @AsyncoreHandler
    static class Other extends Greeter {}

    @AsyncoreHandler("default")
    static class ForDefault extends Greeter {}
}

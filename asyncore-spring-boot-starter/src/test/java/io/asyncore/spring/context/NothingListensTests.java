package io.asyncore.spring.context;

import static io.asyncore.spring.context.HandlerResolverTests.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.spring.autoconfigure.AsyncoreNothingListensAutoConfiguration;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who has a dispatcher but no server is told why. */
@ExtendWith(OutputCaptureExtension.class)
class NothingListensTests {

    private final ApplicationContextRunner runner =
            Contexts.runner().withConfiguration(AutoConfigurations.of(AsyncoreNothingListensAutoConfiguration.class));
    private final ApplicationContextRunner forgotten = runner.withBean("chat", Greeter.class);

    @Test
    void aSharedDispatcherIsNoHandlerAndTheLogSaysSo(CapturedOutput output) {
        forgotten.run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(AsyncoreServers.class);
            assertThat(output)
                    .containsPattern("WARN .* Nothing listens: there is no handler, and no key under asyncore.server")
                    .contains("not of the scope 'prototype': chat. If one shall handle connections, annotate its class"
                            + " with @AsyncoreHandler");
        });
    }

    @Test
    void notWhereAServerListens(CapturedOutput output) {
        forgotten
                .withUserConfiguration(Handler.class)
                .withPropertyValues("asyncore.server.port=0")
                .run(context -> assertThat(output).doesNotContain("Nothing listens"));
    }

    @Test
    void notWhereAServerOfTheApplicationsOwnListens(CapturedOutput output) {
        forgotten
                .withUserConfiguration(OwnServer.class)
                .run(context -> assertThat(output).doesNotContain("Nothing listens"));
    }

    @Test
    void whoAsksForServersInAPartOfTheApplicationIsNotToldThatThereIsNoHandler() {
        ApplicationContextRunner part = new ApplicationContextRunner().withUserConfiguration(Asking.class);
        assertThat(failure(part.withUserConfiguration(Handler.class))).doesNotContain("there is no handler");
        assertThat(failure(part.withPropertyValues("asyncore.server.port=0"))).doesNotContain("there is no handler");
    }

    @Test
    void whereNoneShallTheLogSaysWhoSaidSo(CapturedOutput output) {
        forgotten
                .withUserConfiguration(Handler.class)
                .withPropertyValues("asyncore.server.port=0", "asyncore.enabled=false")
                .run(context -> assertThat(output)
                        .containsOnlyOnce("Asyncore")
                        .containsPattern(
                                "INFO .* Asyncore starts no server: 'asyncore.enabled' is false \\(set in .+\\)")
                        .doesNotContain("Nothing listens"));
    }

    @Test
    void notWhereNobodySaidSo(CapturedOutput output) {
        forgotten.run(context -> assertThat(output).doesNotContain("Asyncore starts no server"));
    }

    @Test
    void notWhereThereIsNoDispatcher(CapturedOutput output) {
        runner.run(context -> assertThat(output).doesNotContain("Nothing listens"));
    }

    @Test
    void whoAsksForServersIsToldThatTheyAreSwitchedOff() {
        assertThat(failure(runner.withUserConfiguration(Handler.class, Asking.class)
                        .withPropertyValues("asyncore.enabled=false")))
                .contains(Asking.class.getName() + " asks for AsyncoreServers, but there are none: asyncore.enabled is"
                        + " false.")
                .contains("Remove asyncore.enabled, or ask for an ObjectProvider<AsyncoreServers>");
    }

    @Test
    void whoAsksForServersIsToldThatThereIsNoHandler() {
        assertThat(failure(forgotten.withUserConfiguration(Asking.class)))
                .contains("but there are none: there is no handler, and no key under asyncore.server")
                .contains("not of the scope 'prototype': chat.", "with @AsyncoreHandler");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnServer {
        @Bean
        Server own() throws IOException {
            return Server.builder().name("own").port(0).handler(Greeter::new).start();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Asking {
        Asking(AsyncoreServers servers) {
            assertThat(servers).isNotNull();
        }
    }

    @AsyncoreHandler
    static class Handler extends Greeter {}
}

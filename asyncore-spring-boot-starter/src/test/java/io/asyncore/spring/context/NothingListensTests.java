package io.asyncore.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.spring.autoconfigure.AsyncoreNothingListensAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

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
    void notWhereNoneShall(CapturedOutput output) {
        forgotten
                .withPropertyValues("asyncore.enabled=false")
                .run(context -> assertThat(output).doesNotContain("Nothing listens"));
    }

    @Test
    void notWhereThereIsNoDispatcher(CapturedOutput output) {
        runner.run(context -> assertThat(output).doesNotContain("Nothing listens"));
    }

    @AsyncoreHandler
    static class Handler extends Greeter {}
}

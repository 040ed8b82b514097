package io.asyncore.spring.context;

import static io.asyncore.spring.context.HandlerResolverTests.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A factory that cannot serve each connection is found before the server listens. */
class FactoryCheckTests {

    private final ApplicationContextRunner runner = Contexts.runner().withPropertyValues("asyncore.server.port=0");

    @Test
    void oneDispatcherForAllConnectionsFailsTheStart() {
        Greeter shared = new Greeter();
        assertThat(failure(with(() -> shared)))
                .contains("The factory 'factory' has returned <io.asyncore.spring.Greeter> twice")
                .contains("each connection needs a dispatcher of its own")
                .contains("() -> new YourDispatcher(...)", "ObjectProvider");
        assertThat(shared.isClosed()).isFalse();
    }

    @Test
    void soDoesADispatcherThatHasASocket() throws IOException {
        try (ClientGreeter client = new ClientGreeter()) {
            client.createSocket();
            assertThat(failure(with(() -> client)))
                    .contains("The factory 'factory' has returned <", "which has had a socket already");
            assertThat(client.isClosed()).isFalse();
        }
    }

    @Test
    void soDoesOneThatIsClosed() {
        Greeter closed = new Greeter();
        closed.close();
        assertThat(failure(with(() -> closed))).contains("closed>, which has had a socket already");
    }

    @Test
    @SuppressWarnings("NullAway")
    void soDoesNone() {
        assertThat(failure(with(() -> null))).contains("The factory 'factory' has returned null, but each connection");
    }

    @Test
    void whatIsMadeToFindOutIsClosedAgain() {
        List<Greeter> made = new ArrayList<>();
        with(() -> {
                    made.add(new Greeter());
                    return made.get(made.size() - 1);
                })
                .run(context -> {
                    assertThat(made).hasSize(2).allMatch(Greeter::isClosed);
                    assertThat(greeting(context.getBean(AsyncoreServers.class))).isEqualTo("Greeter");
                    assertThat(made).hasSize(3);
                });
    }

    @Test
    void oneThatReliesOnHavingHadAConnectionDoesNoHarm() {
        with(Unprepared::new)
                .run(context -> assertThat(greeting(context.getBean(AsyncoreServers.class)))
                        .isEqualTo("Unprepared"));
    }

    @Test
    void whatItThrowsBeforeAnybodyConnectsCostsNothing() {
        AtomicInteger calls = new AtomicInteger();
        with(() -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new IOException("not yet");
                    }
                    return new Greeter();
                })
                .run(context -> assertThat(greeting(context.getBean(AsyncoreServers.class)))
                        .isEqualTo("Greeter"));
    }

    private ApplicationContextRunner with(DispatcherFactory factory) {
        return runner.withBean("factory", DispatcherFactory.class, () -> factory);
    }

    private static String greeting(AsyncoreServers servers) {
        return Contexts.greetingAt(servers.get("default").port());
    }

    private static final class Unprepared extends Greeter {
        private @Nullable String room;

        @Override
        protected void handleConnect() {
            room = "a room";
            super.handleConnect();
        }

        @Override
        public void close() {
            super.close();
            Objects.requireNonNull(room);
        }
    }

    private static final class ClientGreeter extends Greeter implements AutoCloseable {
        ClientGreeter() {
            super("client", new ChannelMap());
        }
    }
}

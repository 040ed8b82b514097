package io.asyncore.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.DispatcherWithSend;
import io.asyncore.benchmarks.servers.Library;
import io.asyncore.benchmarks.servers.Protocol;
import io.asyncore.benchmarks.servers.RunningServer;
import io.asyncore.server.Server;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadGeneratorTest {

    private static final Duration SHORT = Duration.ofMillis(60);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BROADCAST") // see allHearTheSame
    void countsWhatComesBack(Protocol protocol) throws Exception {
        try (RunningServer server = Library.NIO.start(protocol, 0)) {
            LoadResult result =
                    LoadGenerator.run(server.port(), new Load(protocol, 3, 100, 4), Duration.ZERO, SHORT, () -> 0);
            assertThat(result.messages()).isPositive();
            assertThat(result.rate()).isPositive();
            assertThat(result.latency().micros(0.5))
                    .isPositive()
                    .isLessThanOrEqualTo(result.latency().micros(0.99));
        }
    }

    @Test
    void survivesMessagesLargerThanAnySocketTakesAtOnce() throws Exception {
        try (RunningServer server = Library.NIO.start(Protocol.ECHO, 0)) {
            Load load = new Load(Protocol.ECHO, 1, Protocol.MAX_FRAME, 200);
            assertThat(LoadGenerator.run(server.port(), load, Duration.ZERO, SHORT, () -> 0)
                            .messages())
                    .isPositive();
        }
    }

    @Test
    void churns() throws Exception {
        try (RunningServer server = Library.NIO.start(Protocol.ECHO, 0)) {
            Load load = new Load(Protocol.ECHO, 4, 64, 1);
            assertThat(Churn.run(server.port(), load, Duration.ZERO, SHORT, () -> 0)
                            .messages())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "ASYNCORE", "NETTY_NIO"})
    void allHearTheSame(Library library) throws Exception {
        try (RunningServer server = library.start(Protocol.BROADCAST, 0)) {
            Load load = new Load(Protocol.BROADCAST, 30, 100, 1);
            assertThat(Audience.run(server.port(), load, Duration.ZERO, SHORT, () -> 0)
                            .messages())
                    .isGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void anAudienceNoticesWhoeverHearsSomethingElse() throws Exception {
        try (Server server = Server.builder().handler(Upset::new).start()) {
            Load load = new Load(Protocol.BROADCAST, 2, 100, 1);
            assertThatThrownBy(() -> Audience.run(server.port(), load, Duration.ZERO, SHORT, () -> 0))
                    .hasMessageContaining("other bytes");
        }
    }

    @Test
    void holdsIdleConnections() throws Exception {
        try (RunningServer server = Library.NIO.start(Protocol.LINE, 0);
                IdleConnections idle = new IdleConnections(server.port(), Protocol.LINE, 20)) {
            assertThat(idle.count()).isEqualTo(20);
        }
    }

    @Test
    void refusesWrongBytes() throws Exception {
        try (Server server = Server.builder().handler(Upset::new).start()) {
            Load load = new Load(Protocol.ECHO, 1, 10, 1);
            assertThatThrownBy(() -> LoadGenerator.run(server.port(), load, Duration.ZERO, SHORT, () -> 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("other bytes");
            assertThatThrownBy(() -> Churn.run(server.port(), load, Duration.ZERO, SHORT, () -> 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not answer");
        }
    }

    private static final class Upset extends DispatcherWithSend {
        @Override
        protected void handleRead() throws Exception {
            send(new byte[recv().remaining()]);
        }
    }
}

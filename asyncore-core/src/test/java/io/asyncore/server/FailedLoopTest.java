package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.asyncore.BrokenPoller;
import io.asyncore.cpython.CapturedLog;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loop that fails itself, and not one of its handlers, ends the server; whoever waits for its end learns why. */
@Timeout(60)
class FailedLoopTest {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private OpenDescriptors before;

    @BeforeEach
    void look() throws IOException {
        before = OpenDescriptors.now();
    }

    private Server start(int loops) throws IOException {
        return Server.builder()
                .name("failing")
                .address(InetAddress.getLoopbackAddress())
                .loops(loops)
                .handler(() -> new EchoLines(events))
                .start();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whoJoinsIsTold(int broken) throws Exception {
        try (CapturedLog log = new CapturedLog();
                Server server = start(2);
                Client one = new Client(server.port());
                Client two = new Client(server.port())) {
            assertThat(one.ask("hello")).isEqualTo("hello");
            assertThat(two.ask("hello")).isEqualTo("hello");
            BrokenPoller.of(server.loops().get(broken));
            assertThatIllegalStateException()
                    .isThrownBy(server::join)
                    .withMessageMatching("Server\\[failing, port \\d+, ended]: a loop has failed .*")
                    .withCauseInstanceOf(ClosedSelectorException.class);
            assertThat(List.of(one.hear() + "", two.hear() + "")).containsOnly("null");
            assertThat(server.isRunning()).isFalse();
            assertThat(log.lines())
                    .containsOnlyOnce("ERROR the loop has failed and is gone")
                    .containsOnlyOnce("ERROR server 'failing' has ended, and its connections with it: its loop "
                            + broken + " has failed");
        }
        assertThat(events).filteredOn("close SHUTDOWN"::equals).hasSize(2);
        before.assertNothingLeft();
        assertThat(LiveThreads.named("asyncore-failing")).isEmpty();
    }

    @Test
    void aShutdownUnderWayIsOver() throws Exception {
        try (CapturedLog log = new CapturedLog();
                Server server = start(1);
                Client client = new Client(server.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            BrokenPoller.of(server.loop());
            assertThat(server.shutdown(Duration.ofSeconds(30)).get(20, TimeUnit.SECONDS))
                    .isNotNull();
            assertThat(log.lines()).contains("ERROR the loop has failed and is gone");
        }
    }

    @Test
    void whoClosesItIsDoneWithIt() throws Exception {
        Server server = start(1);
        try (CapturedLog log = new CapturedLog()) {
            BrokenPoller.of(server.loop());
            assertThatIllegalStateException().isThrownBy(server::join);
            server.close();
            assertThat(log.lines()).containsOnlyOnce("ERROR the loop has failed and is gone");
        }
        before.assertNothingLeft();
    }
}

package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.cpython.CapturedLog;
import io.asyncore.descriptors.Await;
import io.asyncore.tls.Identity;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Where somebody asks why a client was cut, the log at level debug knows. */
@Timeout(60)
@ResourceLock("log of io.asyncore")
class LoggedEndsTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG_ENOUGH_TO_SPEAK = Duration.ofMillis(500);

    private static Server.Builder described(Timeouts timeouts) {
        return Server.builder()
                .name("cutting")
                .address(InetAddress.getLoopbackAddress())
                .timeouts(timeouts)
                .handler(EchoLines::new);
    }

    /** The lines about connections that this side ends. */
    private static List<String> ends(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.contains(" ends for ") || line.contains(" no handler: "))
                .filter(line -> !line.contains(Acceptor.class.getName()))
                .toList();
    }

    private static void assertCut(Server.Builder builder, String said, String logged) throws Exception {
        try (CapturedLog log = new CapturedLog();
                Server server = builder.start();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
            Await.until("it is logged", () -> !ends(log).isEmpty());
            assertThat(ends(log)).first().asString().matches(logged);
        }
    }

    @Test
    void idle() throws Exception {
        assertCut(
                described(Timeouts.DEFAULTS.withIdle(LONG_ENOUGH_TO_SPEAK)),
                "hello\n",
                "DEBUG <io.asyncore.server.EchoLines (connected|closed) /127.0.0.1:\\d+>: ends for IDLE_TIMEOUT after \\d+ ms,"
                        + " 6 bytes in, 7 out");
    }

    @Test
    void message() throws Exception {
        assertCut(
                described(Timeouts.DEFAULTS.withMessage(SHORT)),
                "hello\nunfinish",
                "DEBUG .*/127.0.0.1:\\d+>: ends for MESSAGE_TIMEOUT after .*");
    }

    @Test
    void handshake() throws Exception {
        assertCut(
                described(Timeouts.DEFAULTS.withHandshake(SHORT))
                        .ssl(Ssl.of(Identity.localhost().context())),
                "",
                "DEBUG <io.asyncore.server.TlsHandshake (connected|closed) /127.0.0.1:\\d+>: ends for HANDSHAKE_TIMEOUT"
                        + " after .*");
    }

    @Test
    void whoIsNotLetIn() throws Exception {
        assertCut(
                described(Timeouts.DEFAULTS).filter(Filter.parse(List.of(), List.of("127.0.0.0/8"))),
                "hello",
                "DEBUG server 'cutting' gives /127.0.0.1:\\d+ no handler: FILTER");
    }

    @Test
    void whoLeavesByItselfIsNoneOfIt() throws Exception {
        try (CapturedLog log = new CapturedLog();
                Server server = described(Timeouts.DEFAULTS).start()) {
            try (Client client = new Client(server.port())) {
                assertThat(client.ask("hello")).isEqualTo("hello");
            }
            Await.until("it is gone", () -> server.connectionCount() == 0);
            assertThat(ends(log)).isEmpty();
        }
    }
}

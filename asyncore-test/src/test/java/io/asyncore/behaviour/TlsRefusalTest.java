package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Sessions that we refuse: what the peer sees of it, and what the log says. */
class TlsRefusalTest {

    private static final byte[] USER_CANCELED = {21, 3, 3, 0, 2, 1, 90};
    private static final byte[] CLOSE_NOTIFY = {21, 3, 3, 0, 2, 1, 0};

    private final Simulation run = Simulation.calm();
    private final List<Door> served = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.asyncore");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    /** What a server's handler does by default when its handshake fails. */
    private static final class Door extends DispatcherWithSend {
        @Override
        protected void handleConnect() throws Exception {
            startTls(TlsKeys.engine(false, "TLSv1.3"), Runnable::run);
        }

        void fail(SSLException failure) throws Exception {
            handleTlsFailed(failure);
        }
    }

    private SimulatedPeer connect() {
        return run.connect();
    }

    private void serveDoors() {
        run.serve(() -> {
            served.add(new Door());
            return served.get(served.size() - 1);
        });
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    // ---- the log ----

    @Test
    void plainTextIsOneLine() {
        serveDoors();
        SimulatedPeer peer = connect();
        peer.send("GET / HTTP/1.1\r\nHost: example\r\n\r\n");
        run.runUntil(() -> served.get(0).isClosed());
        assertThat(served.get(0).closeReason()).isEqualTo(CloseReason.TLS_FAILED);
        assertThat(peer.receivedCount()).as("it would not understand us").isZero();
        assertThat(peer.hasEnded()).isTrue();
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("TLS handshake failed, closing <" + Door.class.getName())
                .endsWith(": the peer does not speak TLS");
        run.end();
    }

    @Test
    void aFloodOfItIsTenLines() {
        serveDoors();
        for (int i = 0; i < 25; i++) {
            connect().send("hello\n");
        }
        run.runUntil(() -> served.size() == 25 && served.stream().allMatch(Dispatcher::isClosed));
        assertThat(lines()).hasSize(10);
        run.run(Duration.ofSeconds(11));
        connect().send("hello\n");
        run.runUntil(() -> served.size() == 26 && served.get(25).isClosed());
        assertThat(lines()).hasSize(11);
        assertThat(lines().get(10)).endsWith("(15 more like it were not logged)");
        run.end();
    }

    /** Of another kind than what was said ten times already. */
    @Test
    void anAlertIsToldInWordsAndNotLostInAFlood() {
        serveDoors();
        for (int i = 0; i < 25; i++) {
            connect().send("hello\n");
        }
        connect().send(new byte[] {21, 3, 3, 0, 2, 2, 48});
        run.runUntil(() -> served.size() == 26 && served.stream().allMatch(Dispatcher::isClosed));
        assertThat(lines()).hasSize(11);
        assertThat(lines().get(10))
                .endsWith("the peer ended the TLS handshake with the alert unknown_ca: it does not trust this side's"
                        + " certificate: it does not know who has signed it");
        run.end();
    }

    /** Names from certificates, say. */
    @Test
    void whatThePeerHasWrittenIsEscaped() {
        serveDoors();
        connect();
        SSLException failure = new SSLException("no name but x\n2026-01-01 ERROR all is lost\u001b[2J");
        run.inCallback(served.get(0), () -> {
            try {
                served.get(0).fail(failure);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(lines())
                .singleElement()
                .asString()
                .endsWith("no name but x\\n2026-01-01 ERROR all is lost\\u001B[2J");
        run.end();
    }

    // ---- what the peer sees ----

    /** The connection is not just cut: the session is called off, and ends as sessions end. */
    @Test
    void whenNobodyCanDoTheWork() {
        Secret full = new Secret(false, "TLSv1.3", task -> {
            throw new RejectedExecutionException("full");
        });
        run.serve(() -> full);
        SecretPeer client = new SecretPeer(run.connect(), "TLSv1.3");
        client.work();
        run.runUntil(client.peer::hasEnded);
        assertThat(client.peer.received()).isEqualTo(concat(USER_CANCELED, CLOSE_NOTIFY));
        assertThat(client.peer.isReset()).isFalse();
        assertThat(full.closeReason()).isEqualTo(CloseReason.TLS_FAILED);
        run.end();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void whoAsksForRenegotiation() {
        SecretEcho echo = new SecretEcho("TLSv1.2");
        SecretPeer client = established(echo, "TLSv1.2");
        client.renegotiate();
        client.work();
        run.runUntil(client.peer::hasEnded);
        assertThat(client.alert()).contains("close_notify");
        assertThat(client.peer.isReset()).isFalse();
        assertThat(echo.closeReason()).isEqualTo(CloseReason.TLS_FAILED);
        run.end();
    }

    private SecretPeer established(SecretEcho echo, String protocol) {
        run.serve(ChannelOptions.DEFAULTS, () -> echo);
        SecretPeer client = new SecretPeer(run.connect(), protocol);
        run.runUntil(() -> {
            client.work();
            return echo.established && client.isEstablished() && client.peer.unsent() == 0;
        });
        return client;
    }

    /** The engine finds this out by itself, and says why. */
    @Test
    void whoSpeaksAnotherVersion() {
        Secret modern = new Secret(false, "TLSv1.3");
        run.serve(() -> modern);
        SecretPeer client = new SecretPeer(run.connect(), "TLSv1.2");
        client.work();
        run.runUntil(client.peer::hasEnded);
        assertThat(client.peer.received()).startsWith(21, 3, 3, 0, 2, 2, 70); // fatal, protocol_version
        assertThat(client.peer.isReset()).isFalse();
        run.end();
    }

    @Test
    void aRecordThatWasDamaged() {
        SecretEcho echo = new SecretEcho("TLSv1.3");
        SecretPeer client = established(echo, "TLSv1.3");
        byte[] record = client.record(new byte[100]);
        record[50] ^= 1;
        client.peer.send(record);
        run.runUntil(client.peer::hasEnded);
        assertThat(client.alert()).contains("bad_record_mac");
        assertThat(client.peer.isReset()).isFalse();
        assertThat(echo.life.receivedCount()).isZero();
        run.end();
    }
}

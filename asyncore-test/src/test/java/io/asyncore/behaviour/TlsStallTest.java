package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.Timeout;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that do not go on with a TLS session, by intent or not. */
class TlsStallTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HANDSHAKE = ChannelOptions.DEFAULTS.handshakeTimeout();
    private static final Duration STALL = ChannelOptions.DEFAULTS.writeStallTimeout();

    private final Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(100));

    /** A server and its client, who has not said anything yet. */
    private SecretPeer connect(SecretEcho echo, ChannelOptions options, String protocol) {
        run.serve(options, () -> echo);
        return new SecretPeer(run.connect(), protocol);
    }

    private SecretPeer connect(SecretEcho echo, String protocol) {
        return connect(echo, ChannelOptions.DEFAULTS, protocol);
    }

    private void shakeHands(SecretPeer client, SecretEcho echo) {
        run.runUntil(() -> {
            client.work();
            return echo.established && client.isEstablished() && client.peer.unsent() == 0;
        });
    }

    private void hears(SecretPeer client, byte[] expected) {
        run.runUntil(() -> client.heard().length == expected.length);
        assertThat(client.heard()).isEqualTo(expected);
    }

    // ---- during the handshake ----

    /** The time of a handshake is not counted anew with each byte. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aHelloThatDripsIn(String protocol) {
        SecretEcho echo = new SecretEcho(protocol);
        SecretPeer client = connect(echo, protocol);
        byte[] hello = client.next();
        assertThat(hello.length).isGreaterThan(60);
        for (int i = 0; i < 19; i++) {
            client.peer.send(Arrays.copyOfRange(hello, i, i + 1));
            run.run(SECOND.dividedBy(2));
        }
        assertThat(echo.timeouts).isEmpty();
        run.run(SECOND);
        assertThat(echo.timeouts).containsExactly(Timeout.HANDSHAKE);
        assertThat(echo.closeReason()).isEqualTo(CloseReason.HANDSHAKE_TIMEOUT);
        run.end();
    }

    /** It takes none of what the server has to say in the handshake: that is no write stall, and no longer waited for. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoDoesNotListen(String protocol) {
        SecretEcho echo = new SecretEcho(protocol);
        SecretPeer client = connect(echo, protocol);
        client.peer.stall();
        client.work();
        run.run(HANDSHAKE.minus(SECOND));
        assertThat(echo.isClosed()).isFalse();
        run.run(SECOND.multipliedBy(2));
        assertThat(echo.timeouts).containsExactly(Timeout.HANDSHAKE);
        assertThat(echo.life.chapters()).containsExactly(Call.CONNECT, Call.TIMEOUT, Call.CLOSE);
        run.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoListensAndSaysNoMore(String protocol) {
        SecretEcho echo = new SecretEcho(protocol);
        SecretPeer client = connect(echo, protocol);
        client.work();
        run.run(HANDSHAKE.minus(SECOND));
        assertThat(client.peer.receivedCount()).as("the server's part").isGreaterThan(500);
        assertThat(echo.isClosed()).isFalse();
        run.run(SECOND.multipliedBy(2));
        assertThat(echo.closeReason()).isEqualTo(CloseReason.HANDSHAKE_TIMEOUT);
        run.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoGoesOnInTimeIsServed(String protocol) {
        SecretEcho echo = new SecretEcho(protocol);
        SecretPeer client = connect(echo, protocol);
        client.peer.stall();
        client.work();
        run.run(HANDSHAKE.minus(SECOND));
        client.peer.resume();
        shakeHands(client, echo);
        run.run(HANDSHAKE.multipliedBy(2));
        byte[] said = run.randomBytes(5_000);
        client.peer.send(client.record(said));
        hears(client, said);
        assertThat(echo.timeouts).isEmpty();
        run.end();
    }

    /** What we were not there to answer, the peer could not answer either: it gets that time, but only once. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ourOwnAbsenceIsNotThePeersTime(String protocol) {
        SecretEcho echo = new SecretEcho(protocol);
        SecretPeer client = connect(echo, protocol);
        client.work();
        run.network.clock().advance(HANDSHAKE.plusSeconds(3));
        run.turn();
        run.run(SECOND.multipliedBy(2));
        assertThat(echo.isClosed()).isFalse();
        shakeHands(client, echo);
        assertThat(echo.timeouts).isEmpty();
        run.end();
    }

    @Test
    void ourOwnAbsenceIsNotForEver() {
        SecretEcho echo = new SecretEcho("TLSv1.3");
        SecretPeer client = connect(echo, "TLSv1.3");
        client.work();
        run.network.clock().advance(HANDSHAKE.multipliedBy(5));
        run.turn();
        run.run(HANDSHAKE.minus(SECOND));
        assertThat(echo.isClosed()).as("no more than the whole time").isFalse();
        run.network.clock().advance(SECOND.multipliedBy(2));
        run.turn();
        run.turn();
        assertThat(echo.timeouts).as("not a second time").containsExactly(Timeout.HANDSHAKE);
        run.end();
    }

    // ---- afterwards ----

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoTakesNoOutput(String protocol) {
        SecretEcho echo = new SecretEcho(protocol);
        SecretPeer client = connect(echo, protocol);
        shakeHands(client, echo);
        client.peer.stall();
        run.inCallback(echo, () -> echo.send(new byte[10_000]));
        run.run(STALL.minus(SECOND));
        assertThat(echo.isClosed()).isFalse();
        run.run(SECOND.multipliedBy(2));
        assertThat(echo.closeReason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        client.peer.resume();
        run.runUntil(() -> client.peer.isReset() || client.peer.hasEnded());
        client.work();
        assertThat(client.hasHeardTheEnd()).as("a close_notify").isFalse();
        assertThat(client.peer.isReset()).isTrue();
        run.end();
    }

    /** As long as some of it is taken now and then, even of one record, the peer is only slow. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoTakesALittleNowAndThen(String protocol) {
        SecretEcho echo = new SecretEcho(protocol);
        SecretPeer client = connect(echo, protocol);
        shakeHands(client, echo);
        client.peer.stall();
        byte[] much = run.randomBytes(1_500);
        run.inCallback(echo, () -> echo.send(much));
        for (int i = 0; i < 10; i++) {
            run.run(STALL.minus(SECOND));
            client.peer.take(100);
        }
        client.peer.resume();
        hears(client, much);
        assertThat(echo.timeouts).isEmpty();
        run.end();
    }

    /** The end of a session waits like output, and is waited for no longer. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoDoesNotTakeTheEnd(String protocol) {
        SecretEcho echo = new SecretEcho(protocol);
        SecretPeer client = connect(echo, protocol);
        shakeHands(client, echo);
        client.peer.stall();
        run.inCallback(echo, () -> {
            echo.send(new byte[70]);
            echo.closeWhenDone();
        });
        run.run(STALL.minus(SECOND));
        assertThat(echo.isClosed()).isFalse();
        run.run(SECOND.multipliedBy(3));
        assertThat(echo.closeReason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        run.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoTakesTheEndLate(String protocol) {
        SecretEcho echo = new SecretEcho(protocol);
        SecretPeer client = connect(echo, protocol);
        shakeHands(client, echo);
        client.peer.stall();
        byte[] last = run.randomBytes(500);
        run.inCallback(echo, () -> {
            echo.send(last);
            echo.closeWhenDone();
        });
        run.run(STALL.minus(SECOND));
        client.peer.resume();
        hears(client, last);
        run.runUntil(client::hasHeardTheEnd);
        run.runUntil(echo::isClosed);
        assertThat(echo.closeReason()).isEqualTo(CloseReason.LOCAL);
        run.end();
    }

    /** Of half a record nothing can be known: who sends no more than that is idle. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aRecordThatDripsIn(String protocol) {
        SecretEcho echo = new SecretEcho(protocol);
        SecretPeer client = connect(echo, ChannelOptions.DEFAULTS.withIdleTimeout(Duration.ofMinutes(1)), protocol);
        shakeHands(client, echo);
        byte[] record = client.record(new byte[1_000]);
        for (int i = 0; i < 70 && !echo.isClosed(); i++) {
            client.peer.send(Arrays.copyOfRange(record, i, i + 1));
            run.run(SECOND);
        }
        assertThat(echo.closeReason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
        assertThat(echo.life.receivedCount()).isZero();
        run.end();
    }
}

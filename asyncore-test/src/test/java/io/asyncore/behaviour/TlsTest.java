package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.SocketType;
import io.asyncore.Timeout;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TLS at both ends, over a network that cuts, delays and stalls. */
class TlsTest {

    /** There are networks on which a handshake takes minutes. */
    private static final ChannelOptions PATIENT = ChannelOptions.DEFAULTS.withHandshakeTimeout(Duration.ofHours(1));

    private static String protocol(Simulation run) {
        return run.random.nextBoolean() ? "TLSv1.2" : "TLSv1.3";
    }

    private static Secret connect(Simulation run, String protocol) throws Exception {
        Secret client = new Secret(true, protocol);
        client.addChannel(run.map);
        client.setOptions(PATIENT);
        client.createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
        client.connect(Simulation.PLACE);
        return client;
    }

    private static List<SecretEcho> serve(Simulation run, String protocol) {
        List<SecretEcho> served = new ArrayList<>();
        run.serve(PATIENT, () -> {
            SecretEcho echo = new SecretEcho(protocol);
            served.add(echo);
            return echo;
        });
        return served;
    }

    @Test
    void everyByteInOrder() {
        Seeds.play(120, seed -> {
            Simulation run = Simulation.any(seed);
            String protocol = protocol(run);
            List<SecretEcho> served = serve(run, protocol);
            Secret client = connect(run, protocol);
            byte[] said = run.randomBytes(run.random.nextInt(amount(run)));
            run.runUntil(client::isConnected);
            int from = 0;
            while (from < said.length) {
                int to = from + 1 + run.random.nextInt(said.length - from);
                byte[] piece = Arrays.copyOfRange(said, from, to);
                run.inCallback(client, () -> client.send(piece));
                from = to;
            }
            run.runUntil(() -> client.life.received().length == said.length && client.established);
            assertThat(client.life.received()).isEqualTo(said);
            run.inCallback(client, client::closeWhenDone);
            run.runUntil(() -> run.map.size() == 1);
            assertThat(client.closeReason()).isEqualTo(CloseReason.LOCAL);
            assertThat(served.get(0).closeReason()).isEqualTo(CloseReason.LOCAL);
            assertThat(served.get(0).life.count(Call.EOF)).isOne();
            run.end();
        });
    }

    /** As much as passes in reasonable time. */
    private static int amount(Simulation run) {
        int window = run.network.conditions().window();
        int segment = run.network.conditions().maxSegment();
        return Math.min(200_000, 100 + 20 * Math.min(6_000, Math.min(window, segment)));
    }

    /** However early: everything that was sent arrives, and then the end. */
    @Test
    void closeWhenDoneAtAnyTime() {
        Seeds.play(80, seed -> {
            Simulation run = Simulation.any(seed);
            String protocol = protocol(run);
            List<SecretEcho> served = serve(run, protocol);
            Secret client = connect(run, protocol);
            byte[] said = run.randomBytes(1 + run.random.nextInt(amount(run)));
            run.runUntil(client::isConnected);
            run.run(run.randomTime(Duration.ofMillis(300)));
            run.inCallback(client, () -> {
                client.send(said);
                client.closeWhenDone();
            });
            run.runUntil(() -> run.map.size() == 1);
            assertThat(client.closeReason()).isEqualTo(CloseReason.LOCAL);
            assertThat(served.get(0).life.received()).isEqualTo(said);
            assertThat(served.get(0).life.count(Call.EOF)).isOne();
            run.end();
        });
    }

    /** A reset at any time ends both, and the one that was reset says so. */
    @Test
    void abortAtAnyTime() {
        Seeds.play(80, seed -> {
            Simulation run = Simulation.any(seed);
            String protocol = protocol(run);
            List<SecretEcho> served = serve(run, protocol);
            Secret client = connect(run, protocol);
            run.runUntil(() -> client.isConnected() && !served.isEmpty());
            client.send(run.randomBytes(amount(run)));
            run.run(run.randomTime(Duration.ofMillis(500)));
            run.inCallback(client, client::abort);
            run.runUntil(() -> run.map.size() == 1);
            assertThat(served.get(0).closeReason())
                    .isIn(CloseReason.RESET, CloseReason.TLS_FAILED, CloseReason.TRUNCATED);
            assertThat(served.get(0).life.count(Call.EOF)).isZero();
            run.end();
        });
    }

    @Test
    void aHandshakeHasItsTime() {
        Simulation run = Simulation.calm();
        Secret[] served = new Secret[1];
        ChannelOptions options = ChannelOptions.DEFAULTS.withHandshakeTimeout(Duration.ofSeconds(3));
        run.serve(options, () -> served[0] = new Secret(false, "TLSv1.3"));
        SimulatedPeer peer = run.connect();
        peer.send(new byte[] {22, 3, 1});
        run.run(Duration.ofMillis(2_999));
        assertThat(served[0].timeouts).isEmpty();
        run.run(Duration.ofMillis(2));
        assertThat(served[0].timeouts).containsExactly(Timeout.HANDSHAKE);
        assertThat(served[0].closeReason()).isEqualTo(CloseReason.HANDSHAKE_TIMEOUT);
        run.end();
    }
}

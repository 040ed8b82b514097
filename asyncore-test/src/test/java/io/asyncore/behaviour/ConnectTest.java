package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.LoopEvent;
import io.asyncore.SocketType;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedListener;
import io.asyncore.test.SimulatedPeer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The ways a connect can go. */
class ConnectTest {

    private static final SocketAddress NOWHERE = new InetSocketAddress("10.0.0.9", 9);

    private static Sender client(Simulation run) {
        return new Sender(run.map);
    }

    @Test
    void connected() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            SocketAddress address = run.random.nextBoolean() ? Simulation.PLACE : UnixDomainSocketAddress.of("place");
            SimulatedListener listener = Listeners.at(run, address);
            Sender client = client(run);
            Listeners.connect(client, address);
            assertThat(client.life.calls()).as("never within connect()").isEmpty();
            assertThat(client.isConnecting()).isTrue();
            client.send(Chat.bytes("hello"));
            run.runUntil(() -> client.life.has(Call.CONNECT));
            SimulatedPeer peer = listener.accept();
            assertThat(client.address()).isEqualTo(address);
            run.runUntil(() -> peer.receivedCount() == 5);
            peer.send("world");
            peer.close();
            run.runUntil(client.life::isOver);
            assertThat(client.life.receivedCount()).isEqualTo(5);
            assertThat(client.closeReason()).isEqualTo(CloseReason.PEER);
            run.end();
        });
    }

    @Test
    void refused() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            boolean stubborn = run.random.nextBoolean();
            Sender client = new Sender(run.map) {
                @Override
                protected void handleError(Throwable error) throws Exception {
                    if (stubborn) {
                        life.error(error, this); // does not call super, to no avail
                    } else {
                        super.handleError(error);
                    }
                }
            };
            Listeners.connect(client, NOWHERE);
            client.send(new byte[5]);
            run.runUntil(client.life::isOver);
            assertThat(client.life.calls()).containsExactly(Call.ERROR, Call.CLOSE);
            assertThat(client.life.errors().get(0)).isInstanceOf(ConnectException.class);
            assertThat(client.closeReason()).isEqualTo(CloseReason.CONNECT_FAILED);
            assertThat(run.ledger.dropped(client)).isEqualTo(5);
            run.end();
        });
    }

    @Test
    void noAnswer() {
        Seeds.play(300, seed -> {
            Simulation run = Simulation.any(seed);
            run.network.silence(NOWHERE);
            Sender client = client(run);
            Duration patience = run.randomTime(Duration.ofSeconds(20)).plusNanos(1);
            client.setOptions(ChannelOptions.DEFAULTS.withConnectTimeout(patience));
            Listeners.connect(client, NOWHERE);
            run.run(patience.minusNanos(1));
            assertThat(client.life.calls()).isEmpty();
            run.run(Duration.ofNanos(1));
            assertThat(client.life.calls()).containsExactly(Call.ERROR, Call.CLOSE);
            assertThat(client.life.errors().get(0)).isInstanceOf(SocketTimeoutException.class);
            assertThat(client.closeReason()).isEqualTo(CloseReason.CONNECT_TIMEOUT);
            assertThat(run.ledger.count(LoopEvent.TIMEOUT)).isOne();
            run.end();
        });
    }

    /** The listener's backlog is full: the connect is answered when there is room again. */
    @Test
    void answeredLate() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withMaxLatency(Duration.ofMillis(1)));
        Plain listener = new Plain(run.map) {
            @Override
            protected boolean readable() {
                return run.now().compareTo(Duration.ofSeconds(3)) > 0;
            }
        };
        bind(listener);
        Sender[] clients = new Sender[10];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = client(run);
            Listeners.connect(clients[i], Simulation.PLACE);
        }
        run.run(Duration.ofSeconds(2));
        assertThat(clients).filteredOn(Sender::isConnected).hasSize(5);
        run.run(Duration.ofSeconds(2));
        run.run(Duration.ofSeconds(1));
        assertThat(clients).allMatch(client -> client.life.has(Call.CONNECT));
        run.end();
    }

    private static void bind(Plain listener) {
        try {
            listener.createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
            listener.bind(Simulation.PLACE);
            listener.listen(5);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A Unix-domain connect knows at once: it throws, and the channel is closed without further ado. */
    @Test
    void refusedAtOnce() throws Exception {
        Simulation run = Simulation.calm();
        Sender client = client(run);
        client.createSocket(StandardProtocolFamily.UNIX, SocketType.STREAM);
        assertThatThrownBy(() -> client.connect(UnixDomainSocketAddress.of("nobody")))
                .isInstanceOf(ConnectException.class);
        assertThat(client.isClosed()).isTrue();
        assertThat(client.closeReason()).isEqualTo(CloseReason.CONNECT_FAILED);
        run.turn();
        assertThat(client.life.calls()).isEmpty();
        run.end();
    }

    /** A dispatcher constructed on a connected transport gets no {@code handleConnect}, as in Python. */
    @Test
    void constructedOnATransport() {
        Simulation run = Simulation.calm();
        Sender[] made = new Sender[1];
        run.adopt(socket -> made[0] = new Sender(socket, run.map));
        SimulatedPeer peer = run.connect();
        assertThat(made[0].isConnected()).isTrue();
        assertThat(made[0].address()).isEqualTo(peer.address());
        peer.send("hello");
        peer.close();
        run.runUntil(made[0].life::isOver);
        assertThat(made[0].life.chapters()).containsExactly(Call.READ, Call.EOF, Call.CLOSE);
        run.end();
    }

    /** A client that gives up before the answer comes hears nothing of it. */
    @Test
    void givenUp() {
        Seeds.play(500, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.random(seed).withMaxLatency(Duration.ofMillis(10)));
            SimulatedListener listener = Listeners.at(run, Simulation.PLACE);
            Sender client = client(run);
            Listeners.connect(client, Simulation.PLACE);
            client.callLater(run.randomTime(Duration.ofMillis(20)), client::close);
            run.run(Duration.ofSeconds(60));
            assertThat(client.life.calls()).doesNotContain(Call.ERROR, Call.CLOSE);
            assertThat(client.closeReason()).isEqualTo(CloseReason.LOCAL);
            SimulatedPeer peer = listener.accept();
            assertThat(peer == null || peer.hasEnded() || peer.isReset()).isTrue();
            run.end();
        });
    }
}

package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.SocketType;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.Datagram;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedDatagramPeer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datagrams: whole or not at all, in any order, and without an end. */
class DatagramTest {

    private static final SocketAddress HERE = new InetSocketAddress("10.0.0.1", 53);
    private static final SocketAddress NOWHERE = new InetSocketAddress("10.0.0.9", 53);

    /** Sends each datagram back to where it came from. */
    private static class Echo extends Plain {
        private final List<String> heard = new ArrayList<>();

        Echo(Simulation run) {
            super(run.map);
        }

        @Override
        protected void handleRead() throws Exception {
            life.note(Call.READ, this);
            ByteBuffer data = ByteBuffer.allocate(1_000);
            SocketAddress sender = recvFrom(data);
            if (sender != null) {
                data.flip();
                heard.add(StandardCharsets.UTF_8.decode(data.duplicate()).toString());
                sendTo(data, sender);
            }
        }
    }

    private static <T extends Plain> T bound(T echo) throws IOException {
        echo.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        echo.bind(HERE);
        return echo;
    }

    @Test
    void eachAsItWasSent() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            Echo echo = bound(new Echo(run));
            List<SimulatedDatagramPeer> peers = new ArrayList<>();
            List<List<String>> sent = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                peers.add(run.network.bindDatagrams(new InetSocketAddress("10.0.0.2", 0)));
                sent.add(new ArrayList<>());
                for (int n = run.random.nextInt(8); n > 0; n--) {
                    String text = i + ":" + "x".repeat(run.random.nextInt(20));
                    sent.get(i).add(text);
                    peers.get(i).send(text, HERE);
                }
            }
            run.run(Duration.ofSeconds(1));
            for (int i = 0; i < 2; i++) {
                assertThat(peers.get(i).received())
                        .extracting(Datagram::text)
                        .containsExactlyInAnyOrderElementsOf(sent.get(i));
                assertThat(peers.get(i).received())
                        .allMatch(datagram -> datagram.from().equals(HERE));
            }
            assertThat(echo.heard).hasSize(sent.get(0).size() + sent.get(1).size());
            run.end();
        });
    }

    @Test
    void anEmptyOneIsNoEnd() throws IOException {
        Simulation run = Simulation.calm();
        Echo echo = bound(new Echo(run));
        Plain reader = new Plain(run.map);
        reader.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        reader.connect(HERE);
        SimulatedDatagramPeer peer = run.network.bindDatagrams(new InetSocketAddress("10.0.0.2", 0));
        peer.send("", HERE);
        peer.send("more", HERE);
        reader.send(new byte[0]);
        reader.send(Chat.bytes("more"));
        run.run(Duration.ofSeconds(1));
        assertThat(echo.heard).contains("", "more");
        assertThat(reader.life.received()).isEqualTo(Chat.bytes("more"));
        assertThat(reader.life.has(Call.EOF)).isFalse();
        assertThat(reader.isConnected()).isTrue();
        run.end();
    }

    /** Nobody there: an error, and the channel goes on. */
    @Test
    void unreachable() throws IOException {
        Simulation run = Simulation.calm();
        Plain sender = new Plain(run.map);
        sender.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        sender.connect(NOWHERE);
        sender.send(Chat.bytes("anybody?"));
        run.run(Duration.ofSeconds(1));
        assertThat(sender.life.errors()).hasSize(1).first().isInstanceOf(PortUnreachableException.class);
        assertThat(sender.life.isOver()).isFalse();
        SimulatedDatagramPeer peer = run.network.bindDatagrams(NOWHERE);
        sender.send(Chat.bytes("and now?"));
        run.run(Duration.ofSeconds(1));
        assertThat(peer.received()).extracting(Datagram::text).containsExactly("and now?");
        run.end();
    }

    @Test
    void queueingClassesRefuseThem() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender(run.map);
        assertThatThrownBy(() -> sender.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM))
                .isInstanceOf(UnsupportedOperationException.class);
        run.end();
    }
}

package io.asyncore.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.transport.DatagramTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The datagram sockets of the simulated network, without a loop. */
class SimulatedDatagramTest {

    private static final SocketAddress HERE = new InetSocketAddress("10.0.0.1", 53);
    private static final SocketAddress THERE = new InetSocketAddress("10.0.0.2", 53);

    private final SimulatedNetwork network = new SimulatedNetwork(1);

    private DatagramTransport open() throws IOException {
        return network.provider().openDatagram(StandardProtocolFamily.INET);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDatagramIsCutAtTheBuffersEnd() throws IOException {
        DatagramTransport socket = open();
        socket.bind(HERE);
        SimulatedDatagramPeer peer = network.bindDatagrams(THERE);
        assertThat(peer.address()).isEqualTo(THERE);
        peer.send("hello", HERE);
        peer.send("", HERE);
        network.catchUp();
        ByteBuffer small = ByteBuffer.allocate(3);
        assertThat(socket.receive(small)).isEqualTo(THERE);
        assertThat(small.position()).isEqualTo(3);
        assertThat(socket.receive(ByteBuffer.allocate(3)))
                .as("the sender of an empty one")
                .isEqualTo(THERE);
        assertThat(socket.receive(ByteBuffer.allocate(3))).isNull();
    }

    @Test
    void aConnectedSocketHearsOneSenderOnly() throws IOException {
        DatagramTransport socket = open();
        assertThatThrownBy(() -> socket.write(text("x"))).isInstanceOf(NotYetConnectedException.class);
        socket.bind(HERE);
        socket.connect(THERE);
        network.bindDatagrams(THERE).send("from there", HERE);
        network.bindDatagrams(new InetSocketAddress("10.0.0.3", 53)).send("from elsewhere", HERE);
        network.catchUp();
        assertThat(socket.read(ByteBuffer.allocate(100))).isEqualTo(10);
        assertThat(socket.read(ByteBuffer.allocate(100))).isZero();
    }

    @Test
    void nobodyThere() throws IOException {
        DatagramTransport socket = open();
        socket.send(text("x"), THERE);
        network.catchUp();
        assertThat(socket.receive(ByteBuffer.allocate(10)))
                .as("not told when not connected")
                .isNull();
        socket.connect(THERE);
        socket.write(text("x"));
        network.catchUp();
        assertThatThrownBy(() -> socket.read(ByteBuffer.allocate(10))).isInstanceOf(PortUnreachableException.class);
        assertThat(socket.read(ByteBuffer.allocate(10))).as("told once").isZero();
    }

    @Test
    void theyOvertakeEachOther() throws IOException {
        Set<String> first = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            SimulatedNetwork slow =
                    new SimulatedNetwork(seed, NetworkConditions.CALM.withMaxLatency(Duration.ofSeconds(1)));
            SimulatedDatagramPeer there = slow.bindDatagrams(THERE);
            SimulatedDatagramPeer here = slow.bindDatagrams(HERE);
            here.send("one", THERE);
            here.send("two", THERE);
            here.send("three", HERE);
            here.send("four", new InetSocketAddress("10.0.0.4", 4));
            slow.clock().advance(Duration.ofSeconds(1));
            assertThat(there.received())
                    .hasSize(2)
                    .allMatch(datagram -> datagram.to().equals(THERE));
            first.add(there.received().get(0).text());
            slow.clock().advance(Duration.ofSeconds(1));
            assertThat(here.undelivered()).isOne();
        }
        assertThat(first).containsExactlyInAnyOrder("one", "two");
    }
}

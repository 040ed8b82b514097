package io.asyncore.test;

import static io.asyncore.transport.Transport.READ;
import static io.asyncore.transport.Transport.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The stream sockets of the simulated network, without a loop. */
class SimulatedStreamTest {

    private static final NetworkConditions CALM = NetworkConditions.CALM;

    @Test
    void carriesBytesBothWaysAndTheirEnds() throws IOException {
        Wire wire = new Wire(1, CALM);
        wire.peer.send("hello");
        wire.peer.shutdownOutput();
        assertThat(wire.readAll()).asString().isEqualTo("hello");
        assertThat(wire.write((byte) 'h', (byte) 'i')).isEqualTo(2);
        wire.transport.shutdownOutput();
        assertThat(wire.peer.receivedText()).isEqualTo("hi");
        assertThat(wire.peer.hasEnded()).isTrue();
        assertThatThrownBy(() -> wire.write((byte) 1)).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void splitsInputAtAnyByte() throws IOException {
        Set<Integer> sizes = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            Wire wire = new Wire(seed, CALM.withMaxSegment(4));
            wire.peer.send(new byte[10]);
            sizes.add(wire.read(ByteBuffer.allocate(10)));
            assertThat(wire.write(new byte[10])).isBetween(1, 4);
        }
        assertThat(sizes).containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @Test
    void takesNoMoreThanTheWindow() throws IOException {
        Wire wire = new Wire(1, CALM.withWindow(10));
        wire.peer.stall();
        assertThat(wire.write(new byte[25])).isEqualTo(10);
        assertThat(wire.write(new byte[15])).isZero();
        assertThat(wire.poll(wire.transport, WRITE, Duration.ofDays(1)))
                .as("stalled")
                .isZero();
        wire.peer.take(3);
        assertThat(wire.poll(wire.transport, WRITE, Duration.ZERO)).isEqualTo(WRITE);
        assertThat(wire.write(new byte[15])).isEqualTo(3);
        wire.peer.resume();
        assertThat(wire.peer.receivedCount()).isEqualTo(13);

        wire.peer.send(new byte[30]);
        assertThat(wire.peer.unsent()).isEqualTo(20);
        assertThat(wire.read(ByteBuffer.allocate(100))).isEqualTo(10);
        assertThat(wire.peer.unsent()).isEqualTo(10);
    }

    /** What was sent before a reset can be read; the reset is told once, and then the input is at its end. */
    @Test
    void resets() throws IOException {
        Wire wire = new Wire(1, CALM);
        wire.peer.send("last");
        wire.peer.reset();
        ByteBuffer buffer = ByteBuffer.allocate(10);
        assertThat(wire.read(buffer)).isEqualTo(4);
        assertThatThrownBy(() -> wire.read(buffer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
        assertThat(wire.read(buffer)).isEqualTo(-1);
        assertThatThrownBy(() -> wire.write((byte) 1)).isInstanceOf(IOException.class);
    }

    @Test
    void closingWithUnreadInputIsAReset() throws IOException {
        Wire wire = new Wire(1, CALM);
        wire.peer.send("unread");
        wire.pass(Duration.ofSeconds(1));
        wire.transport.close();
        assertThat(wire.peer.isReset()).isTrue();
    }

    @Test
    void whoSendsToSomeoneWhoHasClosedIsReset() throws IOException {
        Wire wire = new Wire(1, CALM);
        wire.transport.close();
        assertThat(wire.peer.hasEnded()).isTrue();
        assertThat(wire.peer.isReset()).isFalse();
        wire.peer.send("are you there?");
        assertThat(wire.peer.isReset()).isTrue();
    }

    @Test
    void abortIsAReset() throws IOException {
        Wire wire = new Wire(1, CALM);
        wire.transport.abort();
        assertThat(wire.peer.isReset()).isTrue();
        assertThat(wire.transport.isOpen()).isFalse();
    }

    @Test
    void addresses() throws IOException {
        Wire wire = new Wire(1, CALM);
        assertThat(wire.transport.localAddress()).isEqualTo(Wire.PLACE);
        assertThat(wire.transport.remoteAddress()).isEqualTo(wire.peer.address());
        StreamTransport second = wire.network.provider().openStream(StandardProtocolFamily.INET);
        assertThatThrownBy(() -> second.bind(Wire.PLACE)).isInstanceOf(BindException.class);
        second.bind(new InetSocketAddress("0.0.0.0", 0));
        second.listen(1);
        assertThat(second.localAddress()).isInstanceOfSatisfying(InetSocketAddress.class, bound -> {
            SimulatedPeer peer = wire.network.connect(new InetSocketAddress("10.9.9.9", bound.getPort()));
            assertThat(peer.isConnected()).as("reached by any of its addresses").isTrue();
        });
        wire.listener.close();
        StreamTransport third = wire.network.provider().openStream(StandardProtocolFamily.INET);
        third.bind(Wire.PLACE);
        assertThat(third.localAddress()).isEqualTo(Wire.PLACE);
    }

    @Test
    void options() throws IOException {
        Wire wire = new Wire(1, CALM);
        assertThat(wire.transport.getOption(StandardSocketOptions.TCP_NODELAY)).isNull();
        wire.transport.setOption(StandardSocketOptions.TCP_NODELAY, true);
        assertThat(wire.transport.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
    }

    @Test
    void connectsAreRefusedWhereNobodyListens() throws IOException {
        SimulatedNetwork network = new SimulatedNetwork(1);
        assertThat(network.connect(Wire.PLACE).isRefused()).isTrue();
        StreamTransport client = network.provider().openStream(StandardProtocolFamily.INET);
        client.connect(Wire.PLACE);
        assertThat(client.finishConnect()).as("not known yet").isFalse();
        network.catchUp();
        assertThatThrownBy(client::finishConnect).isInstanceOf(ConnectException.class);
    }

    @Test
    void someNeverAnswer() throws IOException {
        Wire wire = new Wire(1, CALM);
        wire.network.silence(Wire.PLACE);
        StreamTransport client = wire.network.provider().openStream(StandardProtocolFamily.INET);
        client.connect(Wire.PLACE);
        assertThat(wire.poll(client, WRITE, Duration.ofDays(1))).isZero();
        assertThat(wire.network.clock().elapsed()).isGreaterThanOrEqualTo(Duration.ofDays(1));
        assertThat(client.finishConnect()).isFalse();
    }

    @Test
    void aFullBacklogKeepsCallersOutside() throws IOException {
        Wire wire = new Wire(1, CALM);
        SimulatedPeer[] peers = new SimulatedPeer[7];
        for (int i = 0; i < peers.length; i++) {
            peers[i] = wire.network.connect(Wire.PLACE);
        }
        wire.pass(Duration.ofSeconds(1));
        assertThat(peers).filteredOn(SimulatedPeer::isConnected).hasSize(5);
        assertThat(wire.listener.accept()).isNotNull();
        assertThat(peers).filteredOn(SimulatedPeer::isConnected).hasSize(6);
        wire.listener.close();
        assertThat(peers).filteredOn(SimulatedPeer::isReset).hasSize(5);
        assertThat(peers).filteredOn(SimulatedPeer::isRefused).hasSize(1);
    }

    @Test
    void someoneWhoStopsListening() throws IOException {
        SimulatedNetwork network = new SimulatedNetwork(1, CALM);
        SimulatedListener listener = network.listen(new InetSocketAddress("10.0.0.2", 0));
        assertThat(((InetSocketAddress) listener.address()).getPort()).isPositive();
        SimulatedPeer early = network.connect(listener.address());
        SimulatedPeer late = network.connect(listener.address());
        network.clock().advance(Duration.ofSeconds(1));
        SimulatedPeer accepted = listener.accept();
        assertThat(accepted).isNotNull();
        listener.close();
        assertThat(early.isReset()).as("accepted before").isFalse();
        assertThat(late.isReset()).isTrue();
        assertThat(network.connect(listener.address()).isRefused()).isTrue();
        accepted.send("still here");
        network.clock().advance(Duration.ofSeconds(1));
        assertThat(early.receivedText()).isEqualTo("still here");
        assertThat(network.listen(listener.address()).address())
                .as("free again")
                .isEqualTo(listener.address());
    }

    @Test
    void unixDomainConnectsAreDoneAtOnce() throws IOException {
        SimulatedNetwork network = new SimulatedNetwork(1, CALM.withMaxLatency(Duration.ofSeconds(1)));
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of("socket");
        StreamTransport early = network.provider().openStream(StandardProtocolFamily.UNIX);
        assertThatThrownBy(() -> early.connect(path)).isInstanceOf(ConnectException.class);
        assertThat(early.isOpen()).isFalse();

        StreamTransport listener = network.provider().openStream(StandardProtocolFamily.UNIX);
        listener.bind(path);
        listener.listen(1);
        StreamTransport client = network.provider().openStream(StandardProtocolFamily.UNIX);
        client.connect(path);
        assertThat(client.finishConnect()).isTrue();
        assertThat(network.connect(path).isRefused()).as("the backlog is full").isTrue();
        assertThat(listener.accept()).isNotNull();
        assertThat(network.connect(path).isConnected()).isTrue();
    }

    @Test
    void readiness() throws IOException {
        Wire wire = new Wire(1, CALM);
        int all = READ | WRITE | Transport.EXPT;
        assertThat(wire.poll(wire.transport, all, Duration.ZERO)).isEqualTo(WRITE);
        wire.peer.send("x");
        assertThat(wire.poll(wire.transport, all, Duration.ZERO)).isEqualTo(READ | WRITE);
        assertThat(wire.poll(wire.transport, READ, Duration.ZERO)).isEqualTo(READ);
        wire.peer.sendUrgent();
        assertThat(wire.poll(wire.transport, Transport.EXPT, Duration.ZERO)).isEqualTo(Transport.EXPT);
        assertThat(wire.poll(wire.transport, Transport.EXPT, Duration.ZERO))
                .as("told once")
                .isZero();
        assertThat(wire.poll(wire.listener, READ, Duration.ZERO)).isZero();
        wire.network.connect(Wire.PLACE);
        assertThat(wire.poll(wire.listener, READ, Duration.ZERO)).isEqualTo(READ);
    }
}

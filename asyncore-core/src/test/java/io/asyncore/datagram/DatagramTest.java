package io.asyncore.datagram;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.asyncore.ChannelMap;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code recvFrom} and {@code sendTo} of a socket that is not connected. */
class DatagramTest {

    private static final byte[] NOTHING = {};

    /** What fits into an IPv4 packet; IPv6 carries a little more. */
    private static final int LARGEST = 65_507;

    private final ChannelMap map = new ChannelMap();

    @AfterEach
    void closeAll() {
        map.closeAll(true);
    }

    @ParameterizedTest
    @EnumSource
    void aDatagramIsReceivedWithItsSenderAndAnswered(Loopback loopback) throws Exception {
        try (DatagramSocket peer = loopback.openPeer()) {
            Recorder channel = new Recorder(map, loopback);
            peer.send(new DatagramPacket("ping".getBytes(ISO_8859_1), 4, channel.localAddress()));
            Await.turning(map, "a datagram", () -> !channel.texts.isEmpty());
            assertThat(channel.texts).containsExactly("ping");
            assertThat(channel.senders).containsExactly(peer.getLocalSocketAddress());

            assertThat(channel.sendTo("pong".getBytes(ISO_8859_1), channel.senders.get(0)))
                    .isEqualTo(4);
            assertThat(Loopback.receive(peer)).asString(ISO_8859_1).isEqualTo("pong");
        }
    }

    /** Each call of {@code handleRead} takes one; they are neither joined nor cut. */
    @ParameterizedTest
    @EnumSource
    void datagramsKeepTheirBounds(Loopback loopback) throws Exception {
        try (DatagramSocket peer = loopback.openPeer()) {
            Recorder channel = new Recorder(map, loopback);
            for (String text : new String[] {"one", "", "three", "4"}) {
                byte[] bytes = text.getBytes(ISO_8859_1);
                peer.send(new DatagramPacket(bytes, bytes.length, channel.localAddress()));
            }
            Await.turning(map, "four datagrams", () -> channel.texts.size() == 4);
            assertThat(channel.texts).containsExactly("one", "", "three", "4");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyDatagramIsNoEnd(Loopback loopback) throws Exception {
        try (DatagramSocket peer = loopback.openPeer()) {
            Recorder channel = new Recorder(map, loopback);
            peer.send(new DatagramPacket(NOTHING, 0, channel.localAddress()));
            Await.turning(map, "the empty datagram", () -> channel.texts.size() == 1);
            assertThat(channel.texts).containsExactly("");
            assertThat(channel.senders).containsExactly(peer.getLocalSocketAddress());

            assertThat(channel.sendTo(NOTHING, peer.getLocalSocketAddress())).isZero();
            assertThat(Loopback.receive(peer)).isEmpty();

            peer.send(new DatagramPacket(new byte[] {'x'}, 1, channel.localAddress()));
            Await.turning(map, "one more", () -> channel.texts.size() == 2);
            assertThat(channel.isClosed()).isFalse();
            assertThat(channel.ends).isEmpty();
            assertThat(channel.errors).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeDatagramsArriveWhole(Loopback loopback) throws Exception {
        loopback.openPeer().close();
        Recorder from = new Recorder(map, loopback);
        Recorder to = new Recorder(map, loopback);
        Random random = new Random(1);
        for (int size : new int[] {1_472, 1_473, 9_000, 65_000, LARGEST}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            to.texts.clear();
            assertThat(from.sendTo(content, to.localAddress())).isEqualTo(size);
            Await.turning(map, size + " bytes", () -> !to.texts.isEmpty());
            assertThat(to.texts).containsExactly(new String(content, ISO_8859_1));
        }
    }

    /** It throws and sends nothing, nor a part of it; in a callback that is an error which the channel survives. */
    @ParameterizedTest
    @EnumSource
    void aDatagramTooLargeIsRefused(Loopback loopback) throws Exception {
        try (DatagramSocket peer = loopback.openPeer()) {
            Recorder channel = new Recorder(map, loopback);
            for (int size : new int[] {65_600, 128 * 1024, 1024 * 1024}) {
                ByteBuffer data = ByteBuffer.allocate(size);
                assertThatIOException().isThrownBy(() -> channel.sendTo(data, peer.getLocalSocketAddress()));
                assertThat(data.remaining()).isEqualTo(size);
            }
            channel.sendTo(new byte[] {'x'}, peer.getLocalSocketAddress());
            assertThat(Loopback.receive(peer)).asString(ISO_8859_1).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotFitTheBufferIsLostAndTheNextOneIsWhole(Loopback loopback) throws Exception {
        try (DatagramSocket peer = loopback.openPeer()) {
            Recorder channel = new Recorder(map, loopback);
            SocketAddress target = channel.localAddress();
            peer.send(new DatagramPacket("too long".getBytes(ISO_8859_1), 8, target));
            peer.send(new DatagramPacket("next".getBytes(ISO_8859_1), 4, target));
            ByteBuffer room = ByteBuffer.allocate(4);
            Await.until("the first", () -> channel.recvFrom(room) != null);
            assertThat(room.array()).asString(ISO_8859_1).isEqualTo("too ");
            room.clear();
            Await.until("the second", () -> channel.recvFrom(room) != null);
            assertThat(room.array()).asString(ISO_8859_1).isEqualTo("next");
            assertThat(channel.recvFrom(room.clear())).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedChannelLeavesNothing(Loopback loopback) throws Exception {
        loopback.openPeer().close();
        OpenDescriptors before = OpenDescriptors.now();
        Recorder channel = new Recorder(map, loopback);
        Recorder other = new Recorder(map, loopback);
        other.sendTo(new byte[] {'x'}, channel.localAddress());
        Await.turning(map, "a datagram", () -> !channel.texts.isEmpty());
        int port = channel.localAddress().getPort();
        channel.close();
        other.close();
        before.assertNothingLeft();
        assertThat(canBind(loopback, port)).isTrue();
        assertThat(channel.ends).isEmpty();
    }

    private static boolean canBind(Loopback loopback, int port) throws IOException {
        try (DatagramSocket next = new DatagramSocket(loopback.port(port))) {
            return next.isBound();
        }
    }
}

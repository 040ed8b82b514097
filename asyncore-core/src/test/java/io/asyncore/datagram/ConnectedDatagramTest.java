package io.asyncore.datagram;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.LoopCounters;
import io.asyncore.LoopEvent;
import io.asyncore.SocketType;
import io.asyncore.descriptors.Await;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A datagram socket that is connected: {@code send} and {@code recv} know whom they talk to. */
class ConnectedDatagramTest {

    private final ChannelMap map = new ChannelMap();

    @AfterEach
    void closeAll() {
        map.closeAll(true);
    }

    /** Reads with {@code recv}, as a stream would be read. */
    private static final class Connected extends Recorder {
        Connected(ChannelMap map, Loopback loopback) throws IOException {
            super(map, loopback);
        }

        @Override
        protected void handleRead() throws Exception {
            texts.add(new String(recv(100), ISO_8859_1));
        }
    }

    private Connected connectTo(Loopback loopback, int port) throws IOException {
        Connected channel = new Connected(map, loopback);
        channel.connect(loopback.port(port));
        return channel;
    }

    /** State first, then the callback, and not from within {@code connect}. */
    @ParameterizedTest
    @EnumSource
    void isConnectedAtOnceAndToldSoByTheLoop(Loopback loopback) throws Exception {
        try (DatagramSocket peer = loopback.openPeer()) {
            Connected channel = connectTo(loopback, peer.getLocalPort());
            assertThat(channel.isConnected()).isTrue();
            assertThat(channel.address()).isEqualTo(peer.getLocalSocketAddress());
            assertThat(channel.connects).isZero();
            Await.turning(map, "handleConnect", () -> channel.connects > 0);
            Asyncore.poll(Duration.ZERO, map);
            assertThat(channel.connects).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsItsPeerAndNobodyElse(Loopback loopback) throws Exception {
        try (DatagramSocket peer = loopback.openPeer();
                DatagramSocket stranger = loopback.openPeer()) {
            Connected channel = connectTo(loopback, peer.getLocalPort());
            assertThat(channel.send("ping".getBytes(ISO_8859_1))).isEqualTo(4);
            assertThat(Loopback.receive(peer)).asString(ISO_8859_1).isEqualTo("ping");

            stranger.send(new DatagramPacket("spam".getBytes(ISO_8859_1), 4, channel.localAddress()));
            peer.send(new DatagramPacket("pong".getBytes(ISO_8859_1), 4, channel.localAddress()));
            Await.turning(map, "the answer", () -> !channel.texts.isEmpty());
            assertThat(channel.texts).containsExactly("pong");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyDatagramIsNoEnd(Loopback loopback) throws Exception {
        try (DatagramSocket peer = loopback.openPeer()) {
            Connected channel = connectTo(loopback, peer.getLocalPort());
            peer.send(new DatagramPacket(new byte[0], 0, channel.localAddress()));
            peer.send(new DatagramPacket("more".getBytes(ISO_8859_1), 4, channel.localAddress()));
            Await.turning(map, "both", () -> channel.texts.size() == 2);
            assertThat(channel.texts).containsExactly("", "more");
            assertThat(channel.ends).isEmpty();
            assertThat(channel.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnreachablePortIsAnErrorThatClosesNothing(Loopback loopback) throws Exception {
        Connected channel = new Connected(map, loopback);
        int port = loopback.freePort();
        channel.connect(loopback.port(port));
        channel.send(new byte[] {'x'});
        Await.turning(map, "the error", () -> !channel.errors.isEmpty());
        assertThat(channel.errors).singleElement().isInstanceOf(PortUnreachableException.class);
        assertThat(channel.ends).isEmpty();
        assertThat(channel.isConnected()).isTrue();

        try (DatagramSocket late = new DatagramSocket(loopback.port(port))) {
            channel.send("now?".getBytes(ISO_8859_1));
            late.setSoTimeout((int) Await.PATIENCE.toMillis());
            assertThat(Loopback.receive(late)).asString(ISO_8859_1).isEqualTo("now?");
            late.send(new DatagramPacket("yes".getBytes(ISO_8859_1), 3, channel.localAddress()));
            Await.turning(map, "the answer", () -> channel.texts.contains("yes"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDefaultHandlerOfErrorsKeepsTheChannel(Loopback loopback) throws Exception {
        LoopCounters counters = new LoopCounters();
        map.loop().addListener(counters);
        Dispatcher channel = new Dispatcher(map);
        channel.setIgnoreLogTypes(Set.of("warning", "error"));
        channel.createSocket(loopback.family, SocketType.DATAGRAM);
        channel.bind(loopback.port(0));
        channel.connect(loopback.port(loopback.freePort()));
        channel.send(new byte[] {'x'});
        Await.turning(map, "the error", () -> counters.count(LoopEvent.ERROR) == 1);
        assertThat(channel.isConnected()).isTrue();
        assertThat(counters.count(LoopEvent.CLOSE)).isZero();
    }
}

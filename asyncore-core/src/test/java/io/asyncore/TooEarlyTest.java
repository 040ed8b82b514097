package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls for which it is too early, or too late. */
class TooEarlyTest {

    private final ChannelMap map = new ChannelMap();
    private final Dispatcher channel = new Dispatcher(map);

    @AfterEach
    void closeAll() {
        map.closeAll(true);
    }

    /** Python's "would block". */
    @Test
    void whileItConnectsNothingIsTakenAndNothingIsThere() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            channel.createSocket();
            channel.connect(listener.getLocalSocketAddress());
            assertThat(channel.isConnecting()).isTrue();
            ByteBuffer data = ByteBuffer.wrap(new byte[3]);
            assertThat(channel.send(new byte[3])).isZero();
            assertThat(channel.send(data)).isZero();
            assertThat(data.remaining()).isEqualTo(3);
            assertThat(channel.recv(10)).isEmpty();
            assertThat(channel.recv(ByteBuffer.allocate(10))).isZero();
            assertThat(channel.recv().hasRemaining()).isFalse();
            assertThat(channel.recvArray().hasRemaining()).isFalse();
            Connection.pollUntil(map, channel::isConnected);
            assertThat(channel.send(new byte[3])).isEqualTo(3);
        }
    }

    private interface Call {
        Object on(Dispatcher channel) throws IOException;
    }

    private void isRefused(Call call, String... parts) {
        assertThatIllegalStateException()
                .isThrownBy(() -> call.on(channel))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private static final Call[] SENDS = {c -> c.send(new byte[1]), c -> c.send(ByteBuffer.allocate(1))};

    private static final Call[] RECEIVES = {
        c -> c.recv(1), c -> c.recv(ByteBuffer.allocate(1)), Dispatcher::recv, Transfer::recvArray
    };

    @Test
    void withoutASocket() {
        for (Call call : SENDS) {
            isRefused(call, "has no socket: call createSocket()");
        }
        for (Call call : RECEIVES) {
            isRefused(call, "has no socket: call createSocket()");
        }
    }

    @Test
    void withoutAConnection() throws Exception {
        channel.createSocket();
        for (Call call : SENDS) {
            isRefused(call, "is not connected", "connect()", "handleConnect()");
        }
        for (Call call : RECEIVES) {
            isRefused(call, "is not connected", "connect()", "handleConnect()");
        }
    }

    @Test
    void datagramsForNobody() throws Exception {
        channel.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        for (Call call : SENDS) {
            isRefused(call, "connect()", "sendTo()");
        }
        assertThat(channel.recv(1)).isEmpty();
    }

    @Test
    void afterItsEnd() throws Exception {
        channel.createSocket();
        channel.close();
        assertThat(channel.send(new byte[1])).isZero();
        assertThat(channel.recv(1)).isEmpty();
        assertThat(channel.recv(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    /** It would keep the loop running for ever. */
    @Test
    void aClosedOneJoinsNoMap() throws Exception {
        channel.createSocket();
        channel.close();
        for (ChannelMap any : new ChannelMap[] {map, new ChannelMap()}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> channel.addChannel(any))
                    .withMessageContaining("closed")
                    .withMessageContaining("make a new dispatcher for each connection");
            assertThat(any.isEmpty()).isTrue();
        }
    }

    @Test
    void norDoesOneThatLetGoOfItsSocket() throws Exception {
        channel.createSocket();
        channel.detach().close();
        assertThatIllegalStateException().isThrownBy(() -> map.add(channel)).withMessageContaining("closed");
    }
}

package io.asyncore.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.SocketType;
import io.asyncore.chat.LineChat;
import io.asyncore.descriptors.OpenDescriptors;
import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.TransportProvider;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A queue of output has no bounds between datagrams: the queueing classes refuse them, and streams are no datagrams. */
class QueueingClassesTest {

    private final ChannelMap map = new ChannelMap();
    private OpenDescriptors before;

    private static final class Chat extends LineChat {
        Chat(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleLine(String line) {}
    }

    @BeforeEach
    void look() throws IOException {
        before = OpenDescriptors.now();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(map.isEmpty()).isTrue();
        before.assertNothingLeft();
    }

    @Test
    void refuseToMakeADatagramSocket() {
        for (Dispatcher channel : new Dispatcher[] {new DispatcherWithSend(map), new Chat(map)}) {
            assertThatThrownBy(() -> channel.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(channel.getClass().getName());
        }
    }

    @Test
    void refuseToTakeOneOver() throws IOException {
        try (DatagramTransport socket = TransportProvider.nio().openDatagram(StandardProtocolFamily.INET)) {
            assertThatThrownBy(() -> new DispatcherWithSend(map).setSocket(socket))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> new DispatcherWithSend(socket, map))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(socket.isOpen()).isTrue();
        }
    }

    @Test
    void aStreamHasNoDatagramsAndADatagramSocketDoesNotListen() throws IOException {
        Dispatcher stream = new Dispatcher(map);
        stream.createSocket();
        assertThatThrownBy(() -> stream.recvFrom(ByteBuffer.allocate(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("datagram");
        stream.close();

        Recorder datagrams = new Recorder(map, Loopback.IPV4);
        assertThatThrownBy(() -> datagrams.listen(1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("listen");
        datagrams.close();
    }
}

package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.chat.LineChat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a program does with its channels while no thread runs the loop. */
class BeforeTheLoopRunsTest {

    static final class Lines extends LineChat {
        Lines(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleLine(String line) {}
    }

    @Test
    void sendAndCloseDeliversWhatWasSent() throws Exception {
        try (Connection<Lines> connection = new Connection<>(new ChannelMap(), Lines::new)) {
            connection.channel.pushLine("bye");
            connection.channel.close();
            assertThat(connection.peer.getInputStream().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("bye\r\n");
        }
    }

    @Test
    void whatIsPushedBeforeTheConnectIsSentAfterIt() throws Exception {
        ChannelMap map = new ChannelMap();
        try (Connection<Lines> connection = new Connection<>(map, ignored -> {
            Lines lines = new Lines(map);
            lines.pushLine("early");
            return lines;
        })) {
            assertThat(connection.peer.getInputStream().readNBytes(7))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("early\r\n");
        }
    }

    @Test
    void discardBuffersForgetsWhatWasPushedBeforeTheConnect() throws Exception {
        ChannelMap map = new ChannelMap();
        try (Connection<Lines> connection = new Connection<>(map, ignored -> {
            Lines lines = new Lines(map);
            lines.pushLine("forgotten");
            lines.discardBuffers();
            assertThat(lines.outBufferSize()).isZero();
            return lines;
        })) {
            connection.channel.pushLine("kept");
            connection.channel.closeWhenDone();
            connection.map.loop().poll(Duration.ZERO);
            assertThat(connection.peer.getInputStream().readNBytes(6))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("kept\r\n");
        }
    }

    @Test
    void closingOutsideOfAnyTurnFreesThePortAtOnce() throws Exception {
        ChannelMap map = new ChannelMap();
        Dispatcher listener = new Dispatcher(map);
        listener.createSocket();
        listener.bind(new java.net.InetSocketAddress("127.0.0.1", 0));
        listener.listen(1);
        java.net.SocketAddress address = listener.socket().localAddress();
        Asyncore.poll(Duration.ZERO, map);
        listener.close();
        Dispatcher next = new Dispatcher(map);
        next.createSocket();
        next.bind(address);
        next.listen(1);
        assertThat(next.isAccepting()).isTrue();
        next.close();
    }
}

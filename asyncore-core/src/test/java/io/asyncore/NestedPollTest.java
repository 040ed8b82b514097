package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Handlers that poll, and handlers that read somebody else. */
class NestedPollTest {

    static final class Asking extends DispatcherWithSend {
        String answer = "";

        Asking(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleRead() throws Exception {
            String heard = new String(recv(100), StandardCharsets.UTF_8);
            if (heard.equals("go")) {
                send("question".getBytes(StandardCharsets.UTF_8));
                while (answer.isEmpty() && outBufferSize() > 0) {
                    Asyncore.poll(Duration.ofMillis(50), map());
                }
            } else {
                answer = heard;
            }
        }
    }

    @Test
    void whatTheHandlerHasSentIsWrittenBeforeItsPollWaits() throws Exception {
        try (Connection<Asking> connection = new Connection<>(new ChannelMap(), Asking::new)) {
            connection.peer.getOutputStream().write("go".getBytes(StandardCharsets.UTF_8));
            connection.pollUntil(() -> connection.channel.hasWorked());
            assertThat(connection.peer.getInputStream().readNBytes(8))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("question");
            connection.peer.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
            connection.pollUntil(() -> connection.channel.answer.equals("answer"));
        }
    }

    @Test
    void readingAnotherChannelLeavesTheHandlersOwnBytesAlone() throws Exception {
        ChannelMap map = new ChannelMap();
        try (Connection<MovingChannelsTest.Counting> other = new Connection<>(map, MovingChannelsTest.Counting::new)) {
            other.channel.pauseReading();
            other.peer.getOutputStream().write("XXXXXXXX".getBytes(StandardCharsets.UTF_8));
            StringBuilder seen = new StringBuilder();
            Dispatcher reader = new Dispatcher(map) {
                @Override
                protected void handleRead() throws Exception {
                    ByteBuffer mine = recv();
                    other.channel.recv(4);
                    other.channel.recv();
                    seen.append(StandardCharsets.UTF_8.decode(mine));
                }
            };
            try (Connection<Dispatcher> connection = new Connection<>(map, ignored -> reader)) {
                connection.peer.getOutputStream().write("mine".getBytes(StandardCharsets.UTF_8));
                connection.pollUntil(() -> seen.length() > 0);
                assertThat(seen).hasToString("mine");
            }
        }
    }
}

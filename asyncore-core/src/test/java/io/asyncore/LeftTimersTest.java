package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.chat.LineChat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A channel that has ended leaves nothing in the timer queue, or it would be kept in memory until its time is over. */
class LeftTimersTest {

    /** Takes one line and leaves. */
    private static final class OneLine extends LineChat {
        OneLine(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleLine(String line) {
            close();
        }
    }

    /** What follows the line is the beginning of another one, for which there would be a time. */
    @Test
    void whoClosesWhileMoreInputWaitsToBeParsed() throws Exception {
        try (Connection<OneLine> connection = new Connection<>(new ChannelMap(), OneLine::new)) {
            connection.channel.setOptions(ChannelOptions.DEFAULTS.withMessageTimeout(Duration.ofHours(1)));
            connection.peer.getOutputStream().write("line\r\nbeginning".getBytes(StandardCharsets.UTF_8));
            connection.pollUntil(connection.channel::isClosed);
            assertThat(connection.map.loop().timers.isEmpty()).isTrue();
        }
    }
}

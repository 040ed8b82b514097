package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An overridden handleFrameTooLong: where the chat goes on. */
@Timeout(60)
class FrameTooLongTest {

    private static class Short extends Lines {

        int tooLong;
        Extra onTooLong = chat -> {};

        Short(ChannelMap map) {
            super(map);
            setMaxFrameLength(5);
        }

        @Override
        protected void handleFrameTooLong() throws Exception {
            tooLong++;
            onTooLong.run(this);
        }
    }

    @Test
    void theRestOfTheFrameIsSkipped() throws Exception {
        try (Link<Short> link = new Link<>(Short::new)) {
            link.send("much too");
            link.until(() -> link.chat.tooLong == 1);
            link.send(" long\nnext\n");
            link.until(() -> !link.chat.lines.isEmpty());
            assertThat(link.chat.lines).containsExactly("next");
            assertThat(link.chat.tooLong).isEqualTo(1);
        }
    }

    @Test
    void withoutTerminatorCollectingBeginsAnew() throws Exception {
        try (Link<Short> link = new Link<>(Short::new)) {
            link.chat.setTerminator(Terminator.none());
            link.send("much too long");
            link.until(() -> link.chat.tooLong == 1);
            link.send("next");
            link.until(() -> link.chat.offered.contains("next"));
            assertThat(link.chat.data()).isEqualTo("next");
        }
    }

    @Test
    void whoGivesUpFramesSkipsNothing() throws Exception {
        try (Link<Short> link = new Link<>(Short::new)) {
            link.chat.onTooLong = chat -> chat.setTerminator(Terminator.none());
            link.send("much too long");
            link.until(() -> link.chat.tooLong == 1);
            link.send("next");
            link.until(() -> link.chat.offered.contains("next"));
            assertThat(link.chat.data()).isEqualTo("next");
        }
    }

    @Test
    void aPollWithinTakesNothingTwice() throws Exception {
        try (Link<Short> link = new Link<>(Short::new)) {
            link.chat.onTooLong = chat -> {
                link.send("three\n");
                link.until(() -> chat.lines.contains("three"));
            };
            link.send("much too long\none\ntwo\n");
            link.until(() -> link.chat.lines.size() == 3);
            assertThat(link.chat.lines).containsExactly("one", "two", "three");
        }
    }

    /** What a terminator of one's own holds back is a frame too. */
    @Test
    void whatIsHeldBackIsBounded() throws Exception {
        Terminator insatiable = new Terminator() {
            @Override
            public int search(ByteBuffer input, int collected) {
                return ~0;
            }

            @Override
            public int width() {
                return 0;
            }
        };
        try (Link<Short> link = new Link<>(Short::new)) {
            link.chat.setTerminator(insatiable);
            link.send("much too long");
            link.during(Duration.ofMillis(100));
            link.send("more");
            link.until(() -> link.chat.tooLong == 1);
            assertThat(link.chat.offered).isEmpty();
        }
    }

    @Test
    void whoIsClosedForItIsToldWhatToDo() throws Exception {
        List<String> log = new ArrayList<>();
        try (Link<Lines> link = new Link<>(map -> new Lines(map) {
            @Override
            public void logInfo(String message, String type) {
                log.add(message);
            }
        })) {
            link.chat.setMaxFrameLength(5);
            link.send("much too long\n");
            link.until(link.chat::isClosed);
            assertThat(log)
                    .singleElement()
                    .asString()
                    .contains(
                            "a frame is longer than 5 bytes",
                            "setMaxFrameLength",
                            "ChannelOptions.withMaxFrameLength",
                            "limits.frameLength");
        }
    }
}

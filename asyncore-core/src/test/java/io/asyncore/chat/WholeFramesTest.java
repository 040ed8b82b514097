package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who leaves collecting to us has frames that arrive whole at once, and sees no other difference. */
@Timeout(60)
class WholeFramesTest {

    private static class Plain extends AsyncChat {

        final List<String> frames = new ArrayList<>();
        int tooLong;

        Plain(ChannelMap map) {
            super(map);
            setTerminator("\r\n");
            setMaxFrameLength(5);
        }

        @Override
        protected void foundTerminator() throws Exception {
            if (frames.size() != 1) { // what is not fetched belongs to the next one
                frames.add(new String(getData(), StandardCharsets.ISO_8859_1));
            } else {
                frames.add("later");
            }
        }

        @Override
        protected void handleFrameTooLong() {
            tooLong++;
        }
    }

    private static class Collecting extends Plain {
        Collecting(ChannelMap map) {
            super(map);
        }

        @Override
        protected void collectIncomingData(ByteBuffer data) throws Exception {
            super.collectIncomingData(data);
        }
    }

    private static final class Inheriting extends Collecting {
        Inheriting(ChannelMap map) {
            super(map);
        }
    }

    private static final class SeesParts extends Plain {

        final List<Integer> parts = new ArrayList<>();

        SeesParts(ChannelMap map) {
            super(map);
        }

        @Override
        protected void collectIncomingData(ByteBuffer data) {
            parts.add(data.remaining());
        }
    }

    @Test
    void whoCollectsIsKnownByItsClass() {
        assertThat(WholeFrames.areTakenBy(Plain.class)).isTrue();
        assertThat(WholeFrames.areTakenBy(Collecting.class)).isFalse();
        assertThat(WholeFrames.areTakenBy(Inheriting.class)).isFalse();
    }

    @Test
    void bothAreTheSameToTheHandler() throws Exception {
        String input = "one\r\ntwo\r\nx\r\n\r\nmuch too long\r\n\r\r\nfive5\r\n";
        List<String> expected = List.of("one", "later", "twox", "", "\r", "five5");
        try (Link<Plain> whole = new Link<>(Plain::new);
                Link<Inheriting> parts = new Link<>(Inheriting::new)) {
            for (int split = 0; split <= input.length(); split++) {
                check(whole, input, split, expected);
                check(parts, input, split, expected);
            }
        }
    }

    private static void check(Link<? extends Plain> link, String input, int split, List<String> expected)
            throws Exception {
        Plain chat = link.chat;
        chat.frames.clear();
        chat.tooLong = 0;
        link.send(input.substring(0, split));
        Asyncore.poll(Duration.ZERO, link.map);
        link.send(input.substring(split));
        link.until(() -> chat.frames.size() == expected.size());
        assertThat(chat.frames).as("split at %s", split).isEqualTo(expected);
        assertThat(chat.tooLong).isOne();
    }

    @Test
    void whoCollectsSeesAllParts() throws Exception {
        try (Link<SeesParts> link = new Link<>(SeesParts::new)) {
            link.send("one\r\n\r\ntwo2\r\n");
            link.until(() -> link.chat.frames.size() == 3);
            assertThat(link.chat.parts).containsExactly(3, 4);
        }
    }
}

package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.asyncore.ChannelMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines that arrive whole are not collected first; that must make no difference. */
@Timeout(60)
class LineChatTest {

    /** What a test adds to a callback. */
    @FunctionalInterface
    private interface Extra {
        void run(Poet chat) throws Exception;
    }

    private static final class Poet extends LineChat {

        final List<String> lines = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        int tooLong;
        Extra onLine = chat -> {};

        Poet(ChannelMap map) {
            super(map);
        }

        void pause() {
            pauseReading();
        }

        void resume() {
            resumeReading();
        }

        @Override
        protected void handleLine(String line) throws Exception {
            lines.add(line);
            onLine.run(this);
        }

        @Override
        protected void handleFrameTooLong() {
            tooLong++;
        }

        @Override
        protected void handleError(Throwable error) {
            errors.add(error);
        }
    }

    /** It is found where it was written, and the channel goes on. */
    @Test
    void aLineThatIsNullIsRefusedByName() throws Exception {
        try (Link<Poet> link = new Link<>(Poet::new)) {
            assertThatNullPointerException()
                    .isThrownBy(() -> link.chat.pushLine(null))
                    .withMessage("line");
            assertThat(link.chat.outBufferSize()).isZero();
            assertThat(link.chat.pushLine("here")).isTrue();
            link.until(() -> link.chat.outBufferSize() == 0);
            assertThat(link.peer.getInputStream().readNBytes(6)).asString().isEqualTo("here\r\n");
        }
    }

    @Test
    void aWholeLineThatIsTooLongIsSkipped() throws Exception {
        try (Link<Poet> link = new Link<>(Poet::new)) {
            link.chat.setMaxFrameLength(5);
            link.send("12345\n123456\n\n1234\r\n");
            link.until(() -> link.chat.lines.size() == 3);
            assertThat(link.chat.lines).containsExactly("12345", "", "1234");
            assertThat(link.chat.tooLong).isEqualTo(1);
        }
    }

    @Test
    void aHandlerThatFailsHasHadItsLine() throws Exception {
        try (Link<Poet> link = new Link<>(Poet::new)) {
            link.chat.onLine = chat -> {
                if (chat.lines.size() == 2) {
                    throw new IllegalStateException("not this one");
                }
            };
            link.send("one\ntwo\nthree\n");
            link.until(() -> link.chat.lines.size() == 3);
            assertThat(link.chat.lines).containsExactly("one", "two", "three");
            assertThat(link.chat.errors).singleElement().hasToString("java.lang.IllegalStateException: not this one");
        }
    }

    @Test
    void whatComesBehindAPauseWaits() throws Exception {
        try (Link<Poet> link = new Link<>(Poet::new)) {
            link.chat.onLine = Poet::pause;
            link.send("one\ntwo\nthr");
            link.until(() -> link.chat.lines.size() == 1);
            link.send("ee\n");
            link.chat.resume();
            link.until(() -> link.chat.lines.size() == 2);
            link.chat.resume();
            link.until(() -> link.chat.lines.size() == 3);
            assertThat(link.chat.lines).containsExactly("one", "two", "three");
        }
    }

    @Test
    void aPollWithinALineTakesThoseBehindIt() throws Exception {
        try (Link<Poet> link = new Link<>(Poet::new)) {
            link.chat.onLine = chat -> {
                if (chat.lines.size() == 1) {
                    link.send("three\n");
                    link.until(() -> chat.lines.contains("three"));
                }
            };
            link.send("one\ntwo\n");
            link.until(() -> link.chat.lines.size() == 3);
            assertThat(link.chat.lines).containsExactly("one", "two", "three");
        }
    }

    @Test
    void whatWasCollectedBeforeBelongsToTheLine() throws Exception {
        try (Link<Poet> link = new Link<>(Poet::new)) {
            Terminator lines = link.chat.getTerminator();
            link.chat.onLine = chat -> {
                chat.setTerminator(Terminator.none());
                chat.onLine = next -> {};
            };
            link.send("first\nsec");
            link.until(() -> link.chat.lines.size() == 1);
            link.until(() -> link.chat.hasCollected());
            link.chat.setTerminator(lines);
            link.send("ond\n");
            link.until(() -> link.chat.lines.size() == 2);
            assertThat(link.chat.lines).containsExactly("first", "second");
        }
    }

    @Test
    void anotherThreadPushesTheSameBytes() throws Exception {
        try (Link<Poet> link = new Link<>(Poet::new)) {
            Thread other = new Thread(() -> {
                link.chat.pushLine("grüß");
                link.chat.pushLine("");
                link.chat.push("ohne Ende");
            });
            link.chat.pushLine("grüß");
            link.chat.pushLine("");
            link.chat.push("ohne Ende");
            other.start();
            other.join();
            byte[] expected = "grüß\r\n\r\nohne Ende".repeat(2).getBytes(StandardCharsets.UTF_8);
            link.until(() -> link.chat.outBufferSize() == 0);
            assertThat(link.peer.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
        }
    }

    /** Python's push ends in send, too. */
    @Test
    void whoOverridesSendSeesWhatIsPushed() throws Exception {
        final class Watched extends LineChat {
            private final List<String> sent = new ArrayList<>();

            Watched(ChannelMap map) {
                super(map);
            }

            @Override
            public int send(ByteBuffer data) {
                sent.add(StandardCharsets.UTF_8.decode(data.duplicate()).toString());
                return super.send(data);
            }

            @Override
            protected void handleLine(String line) {}
        }
        try (Link<Watched> link = new Link<>(Watched::new)) {
            link.chat.pushLine("a line");
            link.chat.push("text");
            link.chat.push(new byte[] {'b'});
            assertThat(link.chat.sent).containsExactly("a line\r\n", "text", "b");
        }
    }

    @Test
    void whatAnOverriddenSendSendsFirstComesFirst() throws Exception {
        final class Counting extends LineChat {
            Counting(ChannelMap map) {
                super(map);
            }

            @Override
            public int send(ByteBuffer data) {
                if (data.get(data.position()) != '#') {
                    pushLine("#" + data.remaining());
                    send(new byte[] {'#'});
                }
                return super.send(data);
            }

            @Override
            protected void handleLine(String line) {}
        }
        try (Link<Counting> link = new Link<>(Counting::new)) {
            link.chat.pushLine("a line");
            link.chat.pushLine("another");
            link.chat.closeWhenDone();
            assertThat(link.chat.pushLine("too late")).isFalse();
            link.until(() -> link.chat.outBufferSize() == 0);
            String expected = "#8\r\n#a line\r\n#9\r\n#another\r\n";
            assertThat(link.peer.getInputStream().readNBytes(expected.length()))
                    .asString()
                    .isEqualTo(expected);
        }
    }
}

package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.ChannelMap;
import io.asyncore.CloseReason;
import io.asyncore.cpython.CapturedLog;
import java.io.DataInputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Frames behind their length, on a real connection. How they are cut whatever their pieces: see the simulated ones. */
@Timeout(60)
@ResourceLock("log of io.asyncore")
class LengthPrefixedChatTest {

    /** What a test adds to a callback. */
    @FunctionalInterface
    private interface Extra {
        void run(Frames chat) throws Exception;
    }

    private static class Frames extends LengthPrefixedChat {

        final List<String> frames = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        int prefixes;
        int tooLong;
        Extra onFrame = chat -> {};
        Extra onPrefix = chat -> {};
        Extra onTooLong = chat -> {};

        Frames(ChannelMap map) {
            super(map);
            setPrefixLength(1);
        }

        void pause() {
            pauseReading();
        }

        void resume() {
            resumeReading();
        }

        @Override
        protected void handleFrame(byte[] frame) throws Exception {
            frames.add(new String(frame, StandardCharsets.ISO_8859_1));
            onFrame.run(this);
        }

        @Override
        protected long decodeLength(long prefix) throws Exception {
            prefixes++;
            onPrefix.run(this);
            return prefix;
        }

        @Override
        protected void handleFrameTooLong() throws Exception {
            tooLong++;
            onTooLong.run(this);
        }

        @Override
        protected void handleError(Throwable error) {
            errors.add(error);
        }
    }

    /** The lengths count the prefix of two bytes, and the lowest byte comes first. */
    private static final class Odd extends Frames {

        Odd(ChannelMap map) {
            super(map);
            setPrefixLength(2);
            setByteOrder(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        protected long decodeLength(long prefix) {
            return prefix - 2;
        }

        @Override
        protected long encodeLength(int length) {
            return length + 2;
        }
    }

    private static byte[] received(Link<?> link, int count) throws Exception {
        link.until(() -> link.chat.outBufferSize() == 0);
        return link.peer.getInputStream().readNBytes(count);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void aLengthOfFourBytesIsTheDefault() throws Exception {
        List<byte[]> frames = new ArrayList<>();
        class Plain extends LengthPrefixedChat {
            Plain(ChannelMap map) {
                super(map);
            }

            @Override
            protected void handleFrame(byte[] frame) {
                frames.add(frame);
                pushFrame(frame);
            }
        }
        try (Link<Plain> link = new Link<>(Plain::new)) {
            assertThat(link.chat.getTerminator()).hasToString("a length prefix of 4 bytes");
            link.send("\0\0\0\3abc\0\0\0\0\0\0\1\0" + "x".repeat(256));
            link.until(() -> frames.size() == 3);
            assertThat(frames).extracting(frame -> frame.length).containsExactly(3, 0, 256);
            assertThat(received(link, 4 + 3)).isEqualTo(bytes(0, 0, 0, 3, 'a', 'b', 'c'));
            assertThat(received(link, 4)).isEqualTo(bytes(0, 0, 0, 0));
            assertThat(received(link, 4 + 256)).startsWith(bytes(0, 0, 1, 0, 'x'));
        }
    }

    @Test
    void whatIsTooLongIsRefusedByItsPrefixAlone() throws Exception {
        class Strict extends LengthPrefixedChat {
            Strict(ChannelMap map) {
                super(map);
                setMaxFrameLength(5);
            }

            @Override
            protected void handleFrame(byte[] frame) {}
        }
        try (Link<Strict> link = new Link<>(Strict::new)) {
            link.send("\0\0\0\5five!\0\0\0\6");
            link.until(link.chat::isClosed);
            assertThat(link.chat.closeReason()).isEqualTo(CloseReason.OVERFLOW);
        }
    }

    @Test
    void ofWhatIsTooLongTheRestIsSkipped() throws Exception {
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.chat.setMaxFrameLength(3);
            link.send("\3one\5t");
            link.until(() -> link.chat.tooLong == 1);
            assertThat(link.chat.frames).containsExactly("one");
            link.send("wo\1");
            link.send("1\3six\4four\0\3ten");
            link.until(() -> link.chat.frames.contains("ten"));
            assertThat(link.chat.frames).containsExactly("one", "six", "", "ten");
            assertThat(link.chat.tooLong).isEqualTo(2);
        }
    }

    /** Four bytes are no signed number, and eight may say more than there will ever be. */
    @Test
    void noLengthIsSoLongThatItIsShort() throws Exception {
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.chat.setPrefixLength(4);
            link.send("\u00ff\u00ff\u00ff\u00ff");
            link.until(() -> link.chat.tooLong == 1);
            assertThat(link.chat.errors).isEmpty();
        }
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.chat.setPrefixLength(8);
            link.send("\u007f" + "\u00ff".repeat(7) + "more");
            link.until(() -> link.chat.tooLong == 1);
            assertThat(link.chat.errors).isEmpty();
        }
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.chat.setPrefixLength(8);
            link.send("\u00ff".repeat(8));
            link.until(() -> !link.chat.errors.isEmpty());
            assertThat(link.chat.errors)
                    .singleElement()
                    .isInstanceOf(ProtocolException.class)
                    .asString()
                    .contains("0xffffffffffffffff says no length");
        }
    }

    /** Any peer can send it as often as it likes: no stack, and no error of the program. */
    @Test
    void aPrefixThatSaysNoLengthIsAWarning() throws Exception {
        try (CapturedLog log = new CapturedLog();
                Link<Warned> link = new Link<>(Warned::new)) {
            link.send("\u00ff".repeat(8));
            link.until(link.chat::isClosed);
            assertThat(link.chat.closeReason()).isEqualTo(CloseReason.ERROR);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("says no length"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN ")
                    .endsWith("closed, as the prefix 0xffffffffffffffff says no length");
            assertThat(log.throwables()).isEmpty();
        }
    }

    private static final class Warned extends LengthPrefixedChat {

        Warned(ChannelMap map) {
            super(map);
            setPrefixLength(8);
        }

        @Override
        protected void handleFrame(byte[] frame) {}
    }

    @Test
    void aPrefixOfAnotherKind() throws Exception {
        try (Link<Odd> link = new Link<>(Odd::new)) {
            link.chat.onFrame = chat -> chat.pushFrame(new byte[0x102 - 2]);
            link.send("\5\0one\2\0");
            link.until(() -> link.chat.frames.size() == 2);
            assertThat(link.chat.frames).containsExactly("one", "");
            assertThat(received(link, 0x102)).startsWith(bytes(2, 1, 0));
            link.send("\1\0");
            link.until(() -> !link.chat.errors.isEmpty());
            assertThat(link.chat.errors).singleElement().isInstanceOf(ProtocolException.class);
        }
    }

    /** None of its bytes is taken for a sign. */
    @Test
    void theLowestByteFirst() throws Exception {
        for (int length : new int[] {3, 200, 0x80FF}) {
            try (Link<Frames> link = new Link<>(Frames::new)) {
                link.chat.setByteOrder(ByteOrder.LITTLE_ENDIAN);
                link.chat.setPrefixLength(4);
                assertThat(link.chat.getTerminator()).hasToString("a length prefix of 4 bytes, the lowest first");
                byte[] frame = ByteBuffer.allocate(4 + length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(length)
                        .array();
                link.chat.onFrame = chat -> chat.pushFrame(new byte[length]);
                link.send(new String(frame, StandardCharsets.ISO_8859_1));
                link.until(() -> link.chat.frames.size() == 1);
                assertThat(link.chat.frames.get(0)).hasSize(length);
                assertThat(received(link, 4 + length)).isEqualTo(frame);
                link.send("\u00ff\u00ff\u00ff\u00ff");
                link.until(() -> link.chat.tooLong == 1);
            }
        }
    }

    @Test
    void aLengthThatThePrefixCannotSay() throws Exception {
        try (Link<Odd> link = new Link<>(Odd::new)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> link.chat.pushFrame(new byte[(1 << Short.SIZE) - 2]))
                    .withMessageContaining("2 bytes")
                    .withMessageContaining("65534");
            link.chat.setPrefixLength(1);
            assertThatIllegalArgumentException().isThrownBy(() -> link.chat.setPrefixLength(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> link.chat.setPrefixLength(9))
                    .withMessageContaining("1 to 8 bytes, not 9");
            assertThat(link.chat.getTerminator()).hasToString("a length prefix of 1 bytes, the lowest first");
        }
    }

    @Test
    void aHandlerThatFailsHasHadItsFrame() throws Exception {
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.chat.onFrame = chat -> {
                if (chat.frames.size() == 2) {
                    throw new IllegalStateException("not this one");
                }
            };
            link.send("\3one\3two\5three");
            link.until(() -> link.chat.frames.size() == 3);
            assertThat(link.chat.frames).containsExactly("one", "two", "three");
            assertThat(link.chat.errors).singleElement().hasToString("java.lang.IllegalStateException: not this one");
        }
    }

    /** A greeting by lines, then frames: and back when a frame says so. */
    @Test
    void amongOtherFrames() throws Exception {
        try (Link<Frames> link = new Link<>(Frames::new)) {
            Terminator prefix = link.chat.getTerminator();
            link.chat.setTerminator('\n');
            link.chat.onFrame = chat -> {
                switch (chat.frames.size()) {
                    case 1, 4 -> chat.setTerminator(prefix);
                    case 3 -> chat.setTerminator('\n');
                    default -> {}
                }
            };
            link.send("hello\n\3one\3twoline\n\5thr");
            link.until(() -> link.chat.frames.size() == 4);
            link.send("ee");
            link.until(() -> link.chat.frames.size() == 5);
            assertThat(link.chat.frames).containsExactly("hello", "one", "two", "line", "three");
        }
    }

    /** What has come of a line before is no part of a frame. */
    @Test
    void inTheMiddleOfAnotherFrame() throws Exception {
        for (String first : List.of("\1", "\3", "\7")) {
            try (Link<Frames> link = new Link<>(Frames::new)) {
                Terminator prefix = link.chat.getTerminator();
                link.chat.setTerminator('\n');
                link.send("hel");
                link.until(() -> link.chat.hasCollected());
                link.chat.setTerminator(prefix);
                String frame = "x".repeat(first.charAt(0));
                link.send(first + frame + "\3two");
                link.until(() -> link.chat.frames.size() == 2);
                assertThat(link.chat.frames).containsExactly("hel" + frame, "two");
            }
        }
    }

    @Test
    void nothingIsServedWhoEndsAtAPrefix() throws Exception {
        for (Extra end : List.<Extra>of(Frames::close, Frames::closeWhenDone)) {
            try (Link<Frames> link = new Link<>(Frames::new)) {
                link.chat.onPrefix = end;
                link.chat.setMaxFrameLength(5);
                link.send("\3one\7");
                link.until(() -> link.chat.prefixes == 1);
                assertThat(link.chat.frames).isEmpty();
                assertThat(link.chat.tooLong).isZero();
            }
        }
    }

    @Test
    void whatIsDiscardedIsNotWaitedFor() throws Exception {
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.chat.onFrame = Frames::discardBuffers;
            link.send("\3one\3two\0");
            link.until(() -> link.chat.frames.size() == 1);
            link.chat.onFrame = chat -> {};
            link.send("\3new");
            link.until(() -> link.chat.frames.size() == 2);
            assertThat(link.chat.frames).containsExactly("one", "new");
        }
    }

    /** What a peer puts into a frame must never be taken for the next one's length. */
    @Test
    void theRestOfADiscardedFrameIsNoPrefix() throws Exception {
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.send("\7begu");
            link.until(() -> link.chat.prefixes == 1);
            link.chat.discardBuffers();
            link.send("\1\1\1\3new");
            link.until(() -> link.chat.frames.size() == 1);
            assertThat(link.chat.frames).containsExactly("new");
        }
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.chat.setMaxFrameLength(3);
            link.chat.onTooLong = Frames::discardBuffers;
            link.send("\7\1\1");
            link.until(() -> link.chat.tooLong == 1);
            link.send("\1\1\1\1\1\3new");
            link.until(() -> link.chat.frames.size() == 1);
            assertThat(link.chat.frames).containsExactly("new");
        }
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.chat.setMaxFrameLength(3);
            link.chat.onTooLong = Frames::discardBuffers;
            link.send("\4four\2");
            link.until(() -> link.chat.tooLong == 1);
            link.send("\3new");
            link.until(() -> link.chat.frames.size() == 1);
            assertThat(link.chat.frames).containsExactly("new");
        }
    }

    @Test
    void anEndingChannelTakesNoFrames() throws Exception {
        try (Link<Frames> link = new Link<>(Frames::new)) {
            assertThat(link.chat.pushFrame(ByteBuffer.wrap(bytes('a', 'b')))).isTrue();
            assertThat(link.chat.pushFrame(new byte[0])).isTrue();
            link.chat.closeWhenDone();
            assertThat(link.chat.pushFrame(new byte[0])).isFalse();
            assertThat(received(link, 4)).isEqualTo(bytes(2, 'a', 'b', 0));
        }
    }

    /** A prefix and its frame stay together, small and large ones. */
    @Test
    void otherThreadsPushWholeFrames() throws Exception {
        int threads = 4;
        int each = 50;
        int[] sizes = {1, 300, 9_000};
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.chat.setPrefixLength(4);
            List<Thread> pushers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int fill = t;
                pushers.add(new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        byte[] frame = new byte[sizes[i % sizes.length]];
                        Arrays.fill(frame, (byte) fill);
                        link.chat.pushFrame(frame);
                    }
                }));
            }
            Thread loop = link.map.loop().start(Thread::new);
            try {
                pushers.forEach(Thread::start);
                var input = new DataInputStream(link.peer.getInputStream());
                int[] seen = new int[threads];
                for (int i = 0; i < threads * each; i++) {
                    byte[] frame = new byte[input.readInt()];
                    input.readFully(frame);
                    assertThat(frame)
                            .hasSize(sizes[seen[frame[0]]++ % sizes.length])
                            .containsOnly(frame[0]);
                }
                for (Thread pusher : pushers) {
                    pusher.join();
                }
            } finally {
                link.map.loop().stop();
                loop.join();
            }
        }
    }

    @Test
    void whatComesBehindAPauseWaits() throws Exception {
        try (Link<Frames> link = new Link<>(Frames::new)) {
            link.chat.onFrame = Frames::pause;
            link.send("\3one\3two\5thr");
            link.until(() -> link.chat.frames.size() == 1);
            link.send("ee");
            link.chat.resume();
            link.until(() -> link.chat.frames.size() == 2);
            link.chat.resume();
            link.until(() -> link.chat.frames.size() == 3);
            assertThat(link.chat.frames).containsExactly("one", "two", "three");
        }
    }
}

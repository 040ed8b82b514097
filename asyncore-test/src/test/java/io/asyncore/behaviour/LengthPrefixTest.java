package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.chat.LengthPrefixedChat;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames behind their length are the same however their bytes arrive, and none is half received for ever. */
class LengthPrefixTest {

    private static final String TOO_LONG = "(too long)";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ChannelOptions TIMED = ChannelOptions.DEFAULTS.withMessageTimeout(TIMEOUT);

    /** Keeps its frames, and pauses now and then. */
    private static final class Frames extends LengthPrefixedChat {

        private final Simulation run;
        private final List<String> frames = new ArrayList<>();
        private boolean over;

        Frames(Simulation run) {
            this.run = run;
        }

        @Override
        protected void handleFrame(byte[] frame) {
            assertThat(isReadingPaused()).as("a frame while paused").isFalse();
            frames.add(new String(frame, StandardCharsets.ISO_8859_1));
            pushFrame(frame);
            if (run.random.nextInt(5) == 0) {
                pauseReading();
                callLater(run.randomTime(Duration.ofSeconds(1)), this::resumeReading);
            }
        }

        @Override
        protected void handleFrameTooLong() {
            frames.add(TOO_LONG);
        }

        @Override
        protected void handleClose() throws Exception {
            over = true;
            super.handleClose();
        }
    }

    private static byte[] onTheWire(String frame, int prefix) {
        ByteBuffer wire = ByteBuffer.allocate(prefix + frame.length());
        for (int i = prefix - 1; i >= 0; i--) {
            wire.put((byte) (i < Integer.BYTES ? frame.length() >>> i * Byte.SIZE : 0));
        }
        return wire.put(Chat.bytes(frame)).array();
    }

    @Test
    void frameByFrame() {
        Seeds.play(3_000, seed -> {
            Simulation run = Simulation.any(seed);
            int prefix = 1 + run.random.nextInt(8);
            int longest = 1 + run.random.nextInt(40);
            Frames chat = new Frames(run);
            chat.setPrefixLength(prefix);
            chat.setMaxFrameLength(longest);
            run.serve(() -> chat);
            SimulatedPeer peer = run.connect();
            List<String> expected = new ArrayList<>();
            ByteBuffer answers = ByteBuffer.allocate(20 * (longest + prefix));
            for (int i = run.random.nextInt(20); i > 0; i--) {
                String frame = Integer.toString(i).repeat(run.random.nextInt(longest + 1));
                boolean fits = frame.length() <= longest;
                expected.add(fits ? frame : TOO_LONG);
                answers.put(fits ? onTheWire(frame, prefix) : new byte[0]);
                peer.send(onTheWire(frame, prefix));
            }
            run.runUntil(() -> chat.frames.size() == expected.size() && peer.receivedCount() == answers.position());
            assertThat(chat.frames).isEqualTo(expected);
            assertThat(peer.received()).isEqualTo(Arrays.copyOf(answers.array(), answers.position()));
            peer.shutdownOutput();
            run.runUntil(() -> chat.over);
            assertThat(chat.closeReason()).isEqualTo(CloseReason.PEER);
            run.end();
        });
    }

    /** Cut in two anywhere. */
    @Test
    void everySplit() {
        ByteBuffer all = ByteBuffer.allocate(100);
        List<String> expected = List.of("one", "", TOO_LONG, "two", "three");
        for (String frame : List.of("one", "", "much too long", "two", "three")) {
            all.put(onTheWire(frame, 2));
        }
        byte[] wire = Arrays.copyOf(all.array(), all.position());
        for (int split = 0; split <= wire.length; split++) {
            Simulation run = Simulation.calm();
            Frames chat = new Frames(run);
            chat.setPrefixLength(2);
            chat.setMaxFrameLength(5);
            run.serve(() -> chat);
            SimulatedPeer peer = run.connect();
            peer.send(Arrays.copyOf(wire, split));
            run.run(Duration.ofSeconds(2));
            peer.send(Arrays.copyOfRange(wire, split, wire.length));
            run.runUntil(() -> chat.frames.size() == expected.size());
            assertThat(chat.frames).as("split at %s", split).isEqualTo(expected);
            run.end();
        }
    }

    /** Whether a part of the prefix has come, all of it, or a part of the frame; also one that is being skipped. */
    @Test
    void aFrameMustBeWholeInTime() {
        for (String begun : List.of("\0", "\0\3", "\0\3ab", "\0\u00ff", "\0\u00ffab")) {
            Simulation run = Simulation.calm();
            Frames chat = new Frames(run);
            chat.setPrefixLength(2);
            run.serve(TIMED.withMaxFrameLength(10), () -> chat);
            SimulatedPeer peer = run.connect();
            peer.send(begun);
            run.turn();
            run.run(TIMEOUT.minusNanos(1));
            assertThat(chat.over).isFalse();
            run.run(Duration.ofNanos(1));
            assertThat(chat.closeReason())
                    .as("begun with %s bytes", begun.length())
                    .isEqualTo(CloseReason.MESSAGE_TIMEOUT);
            run.end();
        }
    }

    @Test
    void betweenFramesThereIsAllTheTime() {
        Simulation run = Simulation.calm();
        Frames chat = new Frames(run);
        chat.setPrefixLength(2);
        run.serve(TIMED.withMaxFrameLength(10), () -> chat);
        SimulatedPeer peer = run.connect();
        for (String whole : List.of("\0\3abc", "\0\0", "\0\13" + "x".repeat(11))) {
            peer.send(whole.substring(0, 2));
            run.turn();
            peer.send(whole.substring(2));
            run.run(TIMEOUT.multipliedBy(2));
        }
        assertThat(chat.over).isFalse();
        assertThat(chat.frames).containsExactly("abc", "", TOO_LONG);
        run.end();
    }
}

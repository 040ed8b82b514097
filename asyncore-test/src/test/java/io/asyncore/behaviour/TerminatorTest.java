package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.chat.Terminator;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Frames are the same however their bytes arrive, and whenever the chat pauses. */
class TerminatorTest {

    /** How a frame ends: before a text, or after a number of bytes if the text is null, or never if that is 0. */
    private record End(String delimiter, int length) {

        /** Of few letters, so that beginnings of it are everywhere in the text. */
        static End any(SplittableRandom random) {
            return switch (random.nextInt(8)) {
                case 0, 1 -> new End("", 1 + random.nextInt(10));
                case 2 -> random.nextInt(10) == 0 ? new End("", 0) : new End("a", 0);
                default -> new End(text(random, 1 + random.nextInt(6)), 0);
            };
        }

        Terminator terminator() {
            if (!delimiter.isEmpty()) {
                return Terminator.delimiter(delimiter);
            }
            return length > 0 ? Terminator.length(length) : Terminator.none();
        }
    }

    private static String text(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }

    /** What the frames must be: found in the whole text at once. The last one is what is left over. */
    private static List<String> expected(String text, List<End> ends) {
        List<String> frames = new ArrayList<>();
        int from = 0;
        for (End end : ends) {
            int to;
            if (!end.delimiter().isEmpty()) {
                to = text.indexOf(end.delimiter(), from);
            } else {
                to = end.length() > 0 && from + end.length() <= text.length() ? from + end.length() : -1;
            }
            if (to < 0) {
                break;
            }
            frames.add(text.substring(from, to));
            from = to + end.delimiter().length();
        }
        frames.add(text.substring(from));
        return frames;
    }

    /** Takes the next terminator with every frame, and pauses now and then. */
    private static final class Parser extends Chat {

        private final Simulation run;
        private final List<End> ends;

        Parser(Simulation run, List<End> ends) {
            this.run = run;
            this.ends = ends;
            next();
        }

        private void next() {
            setTerminator(frames.size() < ends.size() ? ends.get(frames.size()).terminator() : Terminator.none());
        }

        @Override
        protected void frame(String frame) {
            assertThat(isReadingPaused()).as("a frame while paused").isFalse();
            next();
            if (run.random.nextInt(5) == 0) {
                pauseReading();
                callLater(run.randomTime(Duration.ofSeconds(1)), this::resumeReading);
            }
        }
    }

    @Test
    void frameByFrame() {
        Seeds.play(3_000, seed -> {
            Simulation run = Simulation.any(seed);
            String text = text(run.random, run.random.nextInt(200));
            List<End> ends = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                ends.add(End.any(run.random));
            }
            List<String> expected = expected(text, ends);
            Parser parser = new Parser(run, ends);
            run.serve(() -> parser);
            SimulatedPeer peer = run.connect();
            peer.send(text);
            peer.shutdownOutput();
            run.runUntil(parser.life::isOver);

            String rest = expected.remove(expected.size() - 1);
            assertThat(parser.frames).isEqualTo(expected);
            String collected = parser.collected();
            assertThat(rest).as("what is left over").startsWith(collected);
            int held = expected.size() < ends.size()
                    ? ends.get(expected.size()).delimiter().length()
                    : 1;
            assertThat(rest.length() - collected.length()).as("held back").isLessThan(Math.max(1, held));
            assertThat(parser.closeReason()).isEqualTo(CloseReason.PEER);
            run.end();
        });
    }

    /** A chat that gets a new terminator from outside, while nothing of a new frame has come. */
    @Test
    void changedBetweenFrames() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            Chat chat = new Chat();
            chat.setTerminator(";;");
            run.serve(() -> chat);
            SimulatedPeer peer = run.connect();
            peer.send("one;;two;");
            run.runUntil(() -> chat.life.receivedCount() == 6);
            run.run(Duration.ofSeconds(1));
            chat.setTerminator(";");
            run.runUntil(() -> chat.frames.size() == 2);
            assertThat(chat.frames).containsExactly("one", "two");
            run.end();
        });
    }
}

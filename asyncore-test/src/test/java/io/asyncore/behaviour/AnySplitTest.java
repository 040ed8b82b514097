package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.asyncore.Dispatcher;
import io.asyncore.LoopListener;
import io.asyncore.chat.AsyncChat;
import io.asyncore.chat.LineChat;
import io.asyncore.chat.Terminator;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same frames however the input is cut: at every pair of places, and between any two bytes. */
class AnySplitTest {

    private static final String TOO_LONG = "(too long)";

    /** Frames as they came; what was collected at the end is the last of them. */
    private static class Frames extends AsyncChat {

        final List<String> frames;

        Frames(List<String> frames, Terminator terminator) {
            this.frames = frames;
            setTerminator(terminator);
        }

        @Override
        protected void foundTerminator() {
            frames.add(new String(getData(), StandardCharsets.UTF_8));
        }

        @Override
        protected void handleFrameTooLong() {
            frames.add(TOO_LONG);
        }

        @Override
        protected void handleEof() throws Exception {
            byte[] rest = getData();
            if (rest.length > 0) {
                frames.add("rest " + new String(rest, StandardCharsets.UTF_8));
            }
            super.handleEof();
        }
    }

    /** Lines; a number in one says how many bytes of something else follow it. */
    private static final class Lengths extends Frames {

        private static final Terminator LINE = Terminator.delimiter("\r\n");
        private boolean inBody;

        Lengths(List<String> frames) {
            super(frames, LINE);
        }

        @Override
        protected void foundTerminator() {
            super.foundTerminator();
            String frame = frames.get(frames.size() - 1);
            inBody = !inBody && frame.matches("[1-9]");
            setTerminator(inBody ? Terminator.length(Integer.parseInt(frame)) : LINE);
        }
    }

    private static final class Lines extends LineChat {

        private final List<String> lines;

        Lines(List<String> lines) {
            this.lines = lines;
        }

        @Override
        protected void handleLine(String line) {
            lines.add(line);
        }

        @Override
        protected void handleFrameTooLong() {
            lines.add(TOO_LONG);
        }
    }

    /** A frame begins with a dollar sign, and nothing but the next one ends it. */
    private static final Terminator BEFORE_DOLLAR = new Terminator() {
        @Override
        public int search(ByteBuffer input, int collected) {
            for (int at = collected > 0 ? 0 : 1; at < input.remaining(); at++) {
                if (input.get(input.position() + at) == '$') {
                    return at;
                }
            }
            return ~input.remaining();
        }

        @Override
        public int width() {
            return 0;
        }
    };

    // ---- how it is cut ----

    /** What comes of it if it arrives like this, each piece in a read of its own. */
    private static List<String> frames(Function<List<String>, Dispatcher> chats, byte[] input, int... cuts) {
        Simulation run = Simulation.calm();
        List<Integer> read = new ArrayList<>();
        run.loop.addListener(new LoopListener() {
            @Override
            public void onBytesIn(Dispatcher channel, int count) {
                read.add(count);
            }
        });
        List<String> frames = new ArrayList<>();
        run.serve(() -> chats.apply(frames));
        SimulatedPeer peer = run.connect();
        List<Integer> sent = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : input.length;
            if (to > from) {
                peer.send(Arrays.copyOfRange(input, from, to));
                sent.add(to - from);
                run.turn();
                run.turn();
            }
            from = to;
        }
        peer.shutdownOutput();
        run.runUntil(() -> run.map.size() == 1);
        if (!read.equals(sent)) {
            assertThat(read).isEqualTo(sent);
        }
        run.end();
        return frames;
    }

    private static void everyWay(Function<List<String>, Dispatcher> chats, String text, String... expected) {
        byte[] input = text.getBytes(StandardCharsets.UTF_8);
        assertThat(frames(chats, input)).as("in one piece").containsExactly(expected);
        int[] all = new int[input.length];
        Arrays.setAll(all, at -> at);
        assertThat(frames(chats, input, all)).as("byte by byte").containsExactly(expected);
        for (int first = 1; first < input.length; first++) {
            for (int second = first; second < input.length; second++) {
                List<String> frames = frames(chats, input, first, second);
                if (!frames.equals(List.of(expected))) {
                    fail("cut at %d and %d: %s", first, second, frames);
                }
            }
        }
    }

    private static Function<List<String>, Dispatcher> ending(Terminator terminator) {
        return frames -> new Frames(frames, terminator);
    }

    // ---- what is cut ----

    @Test
    void aDelimiterOfTwoBytes() {
        everyWay(
                ending(Terminator.delimiter("\r\n")),
                "one\r\n\r\n\r\r\n\r\rtwo\n\r\n\n\r\r",
                "one",
                "",
                "\r",
                "\r\rtwo\n",
                "rest \n\r");
    }

    @Test
    void aDelimiterThatBeginsLikeItself() {
        everyWay(ending(Terminator.delimiter("aab")), "aaabaaaabbaabaabxa", "a", "aa", "b", "", "rest x");
    }

    @Test
    void aDelimiterOfOneByte() {
        everyWay(ending(Terminator.delimiter(';')), ";one;;two;three", "", "one", "", "two", "rest three");
    }

    @Test
    void aDelimiterThatIsNotAscii() {
        everyWay(ending(Terminator.delimiter("é€")), "caféé€€è€é€end", "café", "€è€", "rest end");
    }

    @Test
    void aLength() {
        everyWay(ending(Terminator.length(3)), "onetwothree4", "one", "two", "thr", "ee4");
        everyWay(ending(Terminator.length(1)), "ab", "a", "b");
        everyWay(ending(Terminator.length(7)), "0123456789", "0123456", "rest 789");
    }

    @Test
    void noTerminator() {
        everyWay(ending(Terminator.none()), "all\r\nof it", "rest all\r\nof it");
    }

    @Test
    void aTerminatorOfOnesOwn() {
        everyWay(ending(BEFORE_DOLLAR), "$one$$two$three", "$one", "$", "$two", "rest $three");
    }

    @Test
    void terminatorsThatChange() {
        everyWay(
                Lengths::new,
                "head\r\n5\r\n\r\n12\r3\r\nabctail\r\n\r\n",
                "head",
                "5",
                "\r\n12\r",
                "3",
                "abc",
                "tail",
                "");
    }

    @Test
    void lines() {
        everyWay(
                Lines::new,
                "one\r\n\ngrüß\r\r\n\r\uD83D\uDE00\n\r\ntwo\rlost",
                "one",
                "",
                "grüß\r",
                "\r\uD83D\uDE00",
                "");
    }

    /** A frame of just the length that is allowed is not too long, wherever its terminator is cut. */
    @ParameterizedTest
    @ValueSource(strings = {"->>", "\n"})
    void framesThatAreTooLong(String delimiter) {
        Function<List<String>, Dispatcher> chats = frames -> {
            Frames chat = new Frames(frames, Terminator.delimiter(delimiter));
            chat.setMaxFrameLength(4);
            return chat;
        };
        everyWay(chats, "four;12345;;6789;123456;".replace(";", delimiter), "four", TOO_LONG, "", "6789", TOO_LONG);
    }

    @Test
    void linesThatAreTooLong() {
        Function<List<String>, Dispatcher> chats = lines -> {
            Lines chat = new Lines(lines);
            chat.setMaxFrameLength(4);
            return chat;
        };
        everyWay(chats, "four\n12345\nabc\r\nüü\n123456\n\n", "four", TOO_LONG, "abc", "üü", TOO_LONG, "");
    }
}

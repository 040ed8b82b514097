package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.chat.LineChat;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines in, lines out. */
class LineTest {

    private static final String[] PARTS = {"", "a", "\r", "\r\r", "grüß", "\uD83D\uDE00", " ", "0123456789"};

    private static final class Lines extends LineChat {

        private final List<String> lines = new ArrayList<>();

        @Override
        protected void handleLine(String line) {
            lines.add(line);
            pushLine(line);
        }

        @Override
        protected void handleEof() {
            closeWhenDone();
        }
    }

    @Test
    void linesAreCutAtLineFeedsAndLoseOneCarriageReturn() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            Lines chat = new Lines();
            run.serve(() -> chat);
            SimulatedPeer peer = run.connect();
            List<String> expected = new ArrayList<>();
            StringBuilder echoed = new StringBuilder();
            for (int i = run.random.nextInt(20); i > 0; i--) {
                String line = PARTS[run.random.nextInt(PARTS.length)] + PARTS[run.random.nextInt(PARTS.length)];
                peer.send(line + "\n");
                String heard = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
                expected.add(heard);
                echoed.append(heard).append("\r\n");
            }
            peer.shutdownOutput();
            run.runUntil(peer::hasEnded);
            assertThat(chat.lines).isEqualTo(expected);
            assertThat(peer.receivedText()).isEqualTo(echoed.toString());
            run.runUntil(chat::isClosed);
            run.end();
        });
    }

    private static final Charset[] CHARSETS = {
        StandardCharsets.UTF_8,
        StandardCharsets.ISO_8859_1,
        StandardCharsets.US_ASCII,
        Charset.forName("windows-1252"),
        Charset.forName("Shift_JIS")
    };

    private static final String[] ENDS = {"\r\n", "\n", "", "\u00A7\n", "\u2028\n"};

    /** Bytes of any kind, most of them no text in most charsets, and perhaps cut in the middle of a character. */
    private static byte[] anyLine(Simulation run) {
        byte[] line = run.random.nextBoolean()
                ? PARTS[run.random.nextInt(PARTS.length)].getBytes(StandardCharsets.UTF_8)
                : run.randomBytes(run.random.nextInt(run.random.nextInt(10) == 0 ? 10_000 : 30));
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '\n' ? (byte) 0xC3 : line[i]; // the beginning of a character in UTF-8
        }
        return line;
    }

    @Test
    void anyBytesInAnyCharsetBothWays() {
        Seeds.play(1_000, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.random(seed).withWindow(20_000));
            Charset charset = CHARSETS[run.random.nextInt(CHARSETS.length)];
            String end = ENDS[run.random.nextInt(ENDS.length)];
            Lines chat = new Lines();
            chat.setCharset(charset);
            chat.setLineEnd(end);
            run.serve(() -> chat);
            SimulatedPeer peer = run.connect();
            List<String> expected = new ArrayList<>();
            ByteArrayOutputStream echoed = new ByteArrayOutputStream();
            for (int i = run.random.nextInt(6); i > 0; i--) {
                byte[] line = anyLine(run);
                peer.send(line);
                peer.send("\n");
                boolean drops = line.length > 0 && line[line.length - 1] == '\r';
                String heard = new String(line, 0, drops ? line.length - 1 : line.length, charset);
                expected.add(heard);
                echoed.writeBytes((heard + end).getBytes(charset));
            }
            peer.shutdownOutput();
            run.runUntil(peer::hasEnded);
            assertThat(chat.lines).isEqualTo(expected);
            assertThat(peer.received()).isEqualTo(echoed.toByteArray());
            run.runUntil(chat::isClosed);
            run.end();
        });
    }

    /** Half a surrogate pair has no bytes of its own. */
    @Test
    void whatCannotBeEncodedIsReplaced() {
        Simulation run = Simulation.calm();
        Lines chat = new Lines();
        run.serve(() -> chat);
        SimulatedPeer peer = run.connect();
        chat.pushLine("a\uD83D");
        chat.pushLine("b\u0141");
        chat.setCharset(StandardCharsets.ISO_8859_1);
        chat.pushLine("c\u0141\u00E9");
        run.turn();
        byte[] expected = "a?\r\nb\u00C5\u0081\r\nc?\u00E9\r\n".getBytes(StandardCharsets.ISO_8859_1);
        run.runUntil(() -> peer.receivedCount() == expected.length);
        assertThat(peer.received()).isEqualTo(expected);
        run.end();
    }
}

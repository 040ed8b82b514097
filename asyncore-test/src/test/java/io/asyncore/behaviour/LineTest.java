package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.chat.LineChat;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
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
}

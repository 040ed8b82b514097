package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.chat.Terminator;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No frame grows without bound. */
class FrameLengthTest {

    private static final String TOO_LONG = "(too long)";

    /** Goes on after a frame that was too long. */
    private static final class Patient extends Chat {

        @Override
        protected void handleFrameTooLong() {
            frames.add(TOO_LONG);
        }
    }

    private static String frame(Simulation run, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(run.random.nextInt(3) == 0 ? '-' : 'x');
        }
        String frame = text.append('.').toString();
        return frame.replace("->", "x>");
    }

    @Test
    void whatIsTooLongIsSkippedAndParsingGoesOn() {
        Seeds.play(2_000, seed -> {
            Simulation run = Simulation.any(seed);
            int longest = 1 + run.random.nextInt(30);
            Patient chat = new Patient();
            chat.setMaxFrameLength(longest);
            chat.setTerminator("->>");
            run.serve(() -> chat);
            SimulatedPeer peer = run.connect();
            List<String> expected = new ArrayList<>();
            for (int i = run.random.nextInt(10); i >= 0; i--) {
                String frame = frame(run, run.random.nextInt(2 * longest));
                expected.add(frame.length() > longest ? TOO_LONG : frame);
                peer.send(frame + "->>");
            }
            peer.close();
            run.runUntil(chat.life::isOver);
            assertThat(chat.frames).isEqualTo(expected);
            run.end();
        });
    }

    @Test
    void byDefaultTheChannelIsClosed() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            int longest = 1 + run.random.nextInt(30);
            Chat chat = new Chat();
            chat.setMaxFrameLength(longest);
            chat.setTerminator(
                    run.random.nextBoolean() ? Terminator.delimiter("\r\n") : Terminator.length(longest + 1));
            if (run.random.nextInt(3) == 0) {
                chat.setTerminator(Terminator.none());
            }
            run.serve(() -> chat);
            SimulatedPeer peer = run.connect();
            peer.send("x".repeat(longest));
            run.runUntil(() -> chat.life.receivedCount() == longest);
            assertThat(chat.life.isOver()).as("at the limit").isFalse();
            peer.send("x".repeat(1 + run.random.nextInt(10)) + "\r\nmore\r\n");
            run.runUntil(chat.life::isOver);
            assertThat(chat.closeReason()).isEqualTo(CloseReason.OVERFLOW);
            assertThat(chat.frames).isEmpty();
            run.end();
        });
    }
}

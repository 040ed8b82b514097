package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Once a chat has ended, or decided to, nothing more is parsed, whatever has already arrived. */
class ChatEndTest {

    private static final int LAST = 3;

    private enum How {
        CLOSE,
        CLOSE_WHEN_DONE,
        ABORT,
        THROW,
        DISCARD_AND_STAY
    }

    private static final class Quitter extends Chat {
        private final How how;

        Quitter(How how) {
            this.how = how;
            setTerminator("\r\n");
        }

        @Override
        protected void frame(String frame) throws Exception {
            if (frames.size() == LAST) {
                switch (how) {
                    case CLOSE -> close();
                    case CLOSE_WHEN_DONE -> closeWhenDone();
                    case ABORT -> abort();
                    case THROW -> throw new IllegalStateException("that is enough");
                    case DISCARD_AND_STAY -> discardBuffers();
                }
            }
        }
    }

    @Test
    void nothingMoreIsParsed() {
        Seeds.play(1_500, seed -> {
            Simulation run = Simulation.any(seed);
            How how = How.values()[run.random.nextInt(4)];
            Quitter chat = new Quitter(how);
            run.serve(() -> chat);
            SimulatedPeer peer = run.connect();
            List<String> said = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                said.add("line " + i);
                peer.send("line " + i + "\r\n");
            }
            peer.shutdownOutput();
            run.runUntil(chat::isClosed);
            assertThat(chat.frames).isEqualTo(said.subList(0, LAST));
            assertThat(chat.closeReason()).isEqualTo(how == How.THROW ? CloseReason.ERROR : CloseReason.LOCAL);
            run.end();
        });
    }

    /** {@code discardBuffers()} forgets what has arrived and was not parsed; what arrives later is parsed. */
    @Test
    void discardBuffers() {
        Simulation run = Simulation.calm();
        Quitter chat = new Quitter(How.DISCARD_AND_STAY);
        run.serve(() -> chat);
        SimulatedPeer peer = run.connect();
        peer.send("1\r\n2\r\n3\r\n4\r\n5");
        run.turn();
        peer.send("6\r\n7\r\n");
        run.turn();
        assertThat(chat.frames).containsExactly("1", "2", "3", "6", "7");
        run.end();
    }

    /** A handler that failed and stays gets what came behind the frame it failed at. */
    @Test
    void whoStaysAfterAnErrorGetsTheRest() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            Chat chat = new Chat() {
                @Override
                protected void frame(String frame) throws Exception {
                    if (run.random.nextInt(3) == 0) {
                        throw new IllegalStateException("oh no");
                    }
                }

                @Override
                protected void handleError(Throwable error) {
                    life.error(error, this);
                }
            };
            chat.setTerminator("\r\n");
            run.serve(() -> chat);
            SimulatedPeer peer = run.connect();
            peer.send("1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n");
            peer.shutdownOutput();
            run.runUntil(chat.life::isOver);
            assertThat(chat.frames).containsExactly("1", "2", "3", "4", "5", "6");
            assertThat(chat.closeReason()).isEqualTo(CloseReason.PEER);
            run.end();
        });
    }
}

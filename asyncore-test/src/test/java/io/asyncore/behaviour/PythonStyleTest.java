package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.LoopEvent;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A dispatcher with a buffer of its own, as the examples of asyncore's documentation have it. */
class PythonStyleTest {

    private static final class BufferedEcho extends Plain {

        private byte[] buffer = new byte[0];

        @Override
        protected boolean writable() {
            return buffer.length > 0;
        }

        @Override
        protected boolean readable() {
            return buffer.length < 500;
        }

        @Override
        protected void received(ByteBuffer data) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.writeBytes(buffer);
            byte[] copy = new byte[data.remaining()];
            data.get(data.position(), copy);
            joined.writeBytes(copy);
            buffer = joined.toByteArray();
        }

        @Override
        protected void handleWrite() throws Exception {
            int sent = send(buffer);
            buffer = Arrays.copyOfRange(buffer, sent, buffer.length);
        }
    }

    @Test
    void everyByteComesBack() {
        Seeds.play(1_500, seed -> {
            Simulation run = Simulation.any(seed);
            BufferedEcho echo = new BufferedEcho();
            run.serve(() -> echo);
            SimulatedPeer peer = run.connect();
            byte[] said = run.randomBytes(1 + run.random.nextInt(1_000));
            peer.send(said);
            run.runUntil(() -> peer.receivedCount() == said.length);
            assertThat(peer.received()).isEqualTo(said);
            long writes = run.ledger.count(LoopEvent.WRITE);
            run.run(Duration.ofSeconds(10));
            assertThat(run.ledger.count(LoopEvent.WRITE))
                    .as("write events with nothing to write")
                    .isEqualTo(writes);
            peer.close();
            run.runUntil(echo.life::isOver);
            run.end();
        });
    }

    /** {@code send("bye"); close()} delivers the bye, as in Python. */
    @Test
    void byeAndClose() {
        Seeds.play(500, seed -> {
            Simulation run = Simulation.any(seed);
            int[] sent = {0};
            Sender sender = new Sender() {
                @Override
                protected void handleConnect() {
                    sent[0] = send(new byte[20]);
                    close();
                }
            };
            run.serve(() -> sender);
            SimulatedPeer peer = run.network.connect(Simulation.PLACE);
            run.runUntil(peer::hasEnded);
            assertThat(peer.receivedCount()).isPositive();
            assertThat(peer.receivedCount() + run.ledger.dropped(sender)).isEqualTo(sent[0]);
            run.end();
        });
    }
}

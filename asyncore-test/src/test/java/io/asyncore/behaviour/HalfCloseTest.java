package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The end of input is not the end of the channel, unless it is left to the default. */
class HalfCloseTest {

    /** Answers when the question is complete, a little at a time. */
    private static final class Answerer extends Sender {

        private final Simulation run;
        private final byte[] answer;
        private int said;

        Answerer(Simulation run) {
            this.run = run;
            answer = run.randomBytes(run.random.nextInt(500));
        }

        @Override
        protected void handleEof() {
            life.note(Call.EOF, this);
            saySomething();
        }

        private void saySomething() {
            int end = Math.min(answer.length, said + 1 + run.random.nextInt(200));
            send(Arrays.copyOfRange(answer, said, end));
            said = end;
            if (said < answer.length) {
                callLater(run.randomTime(Duration.ofSeconds(1)), this::saySomething);
            } else {
                closeWhenDone();
            }
        }
    }

    @Test
    void theWriteSideMayGoOn() {
        Seeds.play(2_000, seed -> {
            Simulation run = Simulation.any(seed);
            Answerer sender = new Answerer(run);
            run.serve(() -> sender);
            SimulatedPeer peer = run.connect();
            byte[] question = run.randomBytes(run.random.nextInt(300));
            peer.send(question);
            peer.shutdownOutput();
            run.runUntil(peer::hasEnded);
            assertThat(sender.life.received()).isEqualTo(question);
            assertThat(peer.received()).isEqualTo(sender.answer);
            assertThat(peer.isReset()).isFalse();
            run.runUntil(sender.life::isOver);
            assertThat(sender.closeReason()).isEqualTo(CloseReason.LOCAL);
            assertThat(sender.life.chapters()).endsWith(Call.EOF, Call.CLOSE);
            run.end();
        });
    }

    @Test
    void byDefaultTheChannelEnds() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            Plain plain = new Plain();
            run.serve(() -> plain);
            SimulatedPeer peer = run.connect();
            byte[] said = run.randomBytes(run.random.nextInt(300));
            peer.send(said);
            peer.shutdownOutput();
            run.runUntil(plain.life::isOver);
            assertThat(plain.life.received()).isEqualTo(said);
            assertThat(plain.life.chapters()).endsWith(Call.EOF, Call.CLOSE);
            assertThat(plain.closeReason()).isEqualTo(CloseReason.PEER);
            run.runUntil(peer::hasEnded);
            run.end();
        });
    }

    /** After its end the input is left alone: no more turns than there is something to do. */
    @Test
    void anEndedInputKeepsNobodyBusy() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void handleEof() {
                life.note(Call.EOF, this);
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.shutdownOutput();
        run.runUntil(() -> sender.life.has(Call.EOF));
        long turns = run.ledger.turns();
        run.run(Duration.ofSeconds(100));
        assertThat(run.ledger.turns() - turns).isEqualTo(1);
        assertThat(sender.isConnected()).isTrue();
        run.end();
    }

    /** Our side ends its output and goes on reading. */
    @Test
    void theReadSideMayGoOn() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            Plain plain = new Plain() {
                @Override
                protected void handleConnect() throws Exception {
                    super.handleConnect();
                    shutdownOutput();
                }
            };
            run.serve(() -> plain);
            SimulatedPeer peer = run.connect();
            run.runUntil(peer::hasEnded);
            byte[] said = run.randomBytes(run.random.nextInt(300));
            peer.send(said);
            peer.close();
            run.runUntil(plain.life::isOver);
            assertThat(plain.life.received()).isEqualTo(said);
            assertThat(plain.closeReason()).isEqualTo(CloseReason.PEER);
            run.end();
        });
    }

    /** What waits to be written when the output is shut down goes before its end. */
    @Test
    void theEndFollowsWhatIsQueued() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            byte[] said = run.randomBytes(run.random.nextInt(300));
            Sender sender = new Sender() {
                @Override
                protected void handleConnect() throws Exception {
                    super.handleConnect();
                    send(said);
                    shutdownOutput();
                    assertThat(send(new byte[1])).as("a send after the end").isZero();
                }
            };
            run.serve(() -> sender);
            SimulatedPeer peer = run.connect();
            run.runUntil(peer::hasEnded);
            assertThat(peer.received()).isEqualTo(said);
            peer.send("and you?");
            run.runUntil(() -> sender.life.receivedCount() == 8);
            peer.close();
            run.runUntil(sender.life::isOver);
            assertThat(sender.closeReason()).isEqualTo(CloseReason.PEER);
            run.end();
        });
    }
}

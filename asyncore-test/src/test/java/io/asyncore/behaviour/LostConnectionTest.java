package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connection that breaks: what came before is still delivered, and the channel hears of it once. */
class LostConnectionTest {

    private static final Duration STALL = ChannelOptions.DEFAULTS.writeStallTimeout();

    /** Writes all the time, and reads at times. */
    private static final class Busy extends Sender {

        private final Simulation run;

        Busy(Simulation run) {
            this.run = run;
        }

        @Override
        protected void handleConnect() throws Exception {
            super.handleConnect();
            callEvery(Duration.ofMillis(7), () -> send(new byte[1]));
            pauseAtTimes();
        }

        private void pauseAtTimes() {
            pauseReading();
            callLater(run.randomTime(Duration.ofMillis(30)), () -> {
                resumeReading();
                callLater(run.randomTime(Duration.ofMillis(30)), this::pauseAtTimes);
            });
        }
    }

    /** Also when a write is the first to find out, and whoever finds out second sees an ordinary end. */
    @Test
    void whatWasSentBeforeTheResetIsRead() {
        Seeds.play(3_000, seed -> {
            Simulation run = Simulation.any(seed);
            Busy sender = new Busy(run);
            run.serve(() -> sender);
            SimulatedPeer peer = run.connect();
            byte[] said = run.randomBytes(1 + run.random.nextInt(100));
            peer.send(said);
            run.runUntil(() -> peer.unsent() == 0);
            run.run(run.randomTime(Duration.ofMillis(100)));
            peer.reset();
            run.runUntil(sender.life::isOver);
            assertThat(sender.life.received()).isEqualTo(said);
            assertThat(sender.closeReason()).isEqualTo(CloseReason.RESET);
            assertThat(sender.life.has(Call.EOF))
                    .as("a reset is no end of input")
                    .isFalse();
            assertThat(sender.life.errors()).as("a lost peer is no error").isEmpty();
            run.end();
        });
    }

    private static final class Paused extends Sender {
        void pause() {
            pauseReading();
        }

        void resume() {
            resumeReading();
        }
    }

    /** A connection with something to read, a closed gate, and a write that has failed. */
    private static Paused lost(Simulation run) {
        Paused sender = new Paused();
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        sender.pause();
        peer.send("last words");
        peer.reset();
        run.run(Duration.ofSeconds(5));
        assertThat(sender.life.isOver())
                .as("nothing looks at a channel without interest")
                .isFalse();
        sender.send(new byte[1]);
        run.turn();
        assertThat(sender.life.isOver()).as("the input is still there").isFalse();
        return sender;
    }

    @Test
    void aClosedGateDefersTheEnd() {
        Simulation run = Simulation.calm();
        Paused sender = lost(run);
        run.run(STALL.minusSeconds(1));
        assertThat(sender.life.isOver()).isFalse();
        sender.resume();
        run.runUntil(sender.life::isOver);
        assertThat(new String(sender.life.received(), StandardCharsets.US_ASCII))
                .isEqualTo("last words");
        assertThat(sender.closeReason()).isEqualTo(CloseReason.RESET);
        assertThat(sender.send(new byte[1])).as("a send after the end").isZero();
        run.end();
    }

    @Test
    void butNotLongerThanTheWriteStallTime() {
        Simulation run = Simulation.calm();
        Paused sender = lost(run);
        run.run(STALL.minusNanos(1));
        assertThat(sender.life.isOver()).isFalse();
        run.run(Duration.ofNanos(1));
        assertThat(sender.life.isOver()).isTrue();
        assertThat(sender.closeReason()).isEqualTo(CloseReason.RESET);
        assertThat(sender.life.has(Call.TIMEOUT)).as("nobody is asked").isFalse();
        run.end();
    }

    /** {@code readable()} says no, but after a failed write nobody asks it. */
    @Test
    void aPredicateDoesNotDeferTheEnd() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected boolean readable() {
                return false;
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("last words");
        peer.reset();
        run.turn();
        sender.send(new byte[1]);
        run.runUntil(sender.life::isOver);
        assertThat(sender.life.receivedCount()).isEqualTo(10);
        assertThat(run.now()).isEqualTo(Duration.ZERO);
        run.end();
    }

    /** Whoever wanted to go on writing after the end of input must not wait for ever on a lost connection. */
    @Test
    void alsoForThoseWhoKeepTheWriteSideOpen() {
        Seeds.play(500, seed -> {
            Simulation run = Simulation.any(seed);
            Sender sender = new Sender() {
                @Override
                protected void handleEof() {
                    life.note(Call.EOF, this);
                }

                @Override
                protected void handleConnect() throws Exception {
                    super.handleConnect();
                    callEvery(Duration.ofMillis(10), () -> send(new byte[1]));
                }
            };
            run.serve(() -> sender);
            SimulatedPeer peer = run.connect();
            peer.send("x");
            if (run.random.nextBoolean()) {
                peer.shutdownOutput();
            }
            run.run(run.randomTime(Duration.ofMillis(200)));
            Duration reset = run.now();
            peer.reset();
            run.runUntil(sender.life::isOver);
            assertThat(run.now().minus(reset)).isLessThan(Duration.ofSeconds(1));
            assertThat(sender.closeReason()).isEqualTo(CloseReason.RESET);
            run.end();
        });
    }

    /** {@code closeWhenDone()} could not deliver: the reason says so. */
    @Test
    void whileClosing() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(10));
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) {
                send(new byte[100]);
                closeWhenDone();
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.stall();
        peer.send("go");
        run.turn();
        run.turn();
        peer.reset();
        run.runUntil(sender.life::isOver);
        assertThat(run.ledger.dropped(sender)).isEqualTo(90);
        assertThat(sender.closeReason()).isEqualTo(CloseReason.RESET);
        run.end();
    }

    /** A plain dispatcher's {@code recv} and {@code send} do not throw for a lost peer: the end follows. */
    @Test
    void nothingIsThrown() {
        Simulation run = Simulation.calm();
        int[] sent = {-1};
        Plain plain = new Plain() {
            @Override
            protected void received(ByteBuffer data) throws Exception {
                sent[0] = send(new byte[1]);
            }
        };
        run.serve(() -> plain);
        SimulatedPeer peer = run.connect();
        peer.reset();
        run.runUntil(plain.life::isOver);
        assertThat(sent[0]).isZero();
        assertThat(plain.life.calls()).containsExactly(Call.CONNECT, Call.READ, Call.CLOSE);
        assertThat(plain.closeReason()).isEqualTo(CloseReason.RESET);
        run.end();
    }

    /** {@code abort()} and {@code close()}: the peer sees a reset or an end, and no {@code handleClose} runs. */
    @Test
    void whatThisSideDoesItself() {
        Seeds.play(500, seed -> {
            Simulation run = Simulation.any(seed);
            boolean abort = run.random.nextBoolean();
            Sender sender = new Sender() {
                @Override
                protected void handleConnect() {
                    if (abort) {
                        abort();
                    } else {
                        close();
                    }
                }
            };
            run.serve(() -> sender);
            SimulatedPeer peer = run.network.connect(Simulation.PLACE);
            run.runUntil(() -> abort ? peer.isReset() : peer.hasEnded());
            assertThat(peer.isReset()).isEqualTo(abort);
            assertThat(sender.life.calls()).isEmpty();
            assertThat(sender.closeReason()).isEqualTo(CloseReason.LOCAL);
            assertThat(run.ledger.closed(sender)).isEqualTo(CloseReason.LOCAL);
            run.end();
        });
    }
}

package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A channel whose peer does not read is not read either, and does not grow without bound. */
class WaterMarkTest {

    private static final ChannelOptions SMALL = ChannelOptions.DEFAULTS.withWaterMarks(20, 50, 200);

    private static final NetworkConditions NARROW = NetworkConditions.CALM.withWindow(10);

    private static Sender connected(Simulation run, ChannelOptions options) {
        Sender sender = new Sender();
        run.serve(options, () -> sender);
        return sender;
    }

    @Test
    void closedAboveTheHighMarkOpenedAtTheLow() {
        Simulation run = new Simulation(1, NARROW);
        Sender sender = connected(run, SMALL);
        SimulatedPeer peer = run.connect();
        peer.stall();
        sender.send(new byte[10]);
        run.turn();
        sender.send(new byte[50]);
        run.turn();
        assertThat(sender.outBufferSize()).as("exactly the high mark").isEqualTo(50);
        assertThat(sender.isWritable()).isTrue();
        sender.send(new byte[1]);
        assertThat(sender.isWritable()).as("above the high mark").isFalse();

        peer.send("ping");
        run.run(Duration.ofSeconds(1));
        assertThat(sender.life.has(Call.READ))
                .as("read while the gate is closed")
                .isFalse();

        for (int i = 0; i < 3; i++) {
            peer.take(10);
            run.turn();
        }
        assertThat(sender.outBufferSize()).as("just above the low mark").isEqualTo(21);
        assertThat(sender.isWritable()).isFalse();
        assertThat(sender.life.has(Call.READ)).isFalse();

        peer.take(1);
        run.turn();
        assertThat(sender.outBufferSize()).as("the low mark").isEqualTo(20);
        assertThat(sender.isWritable()).isTrue();
        run.turn();
        assertThat(sender.life.receivedCount()).isEqualTo(4);
        run.end();
    }

    @Test
    void nothingIsReadWhileTheGateIsClosed() {
        Seeds.play(1_500, seed -> {
            Simulation run = Simulation.any(seed);
            int low = run.random.nextInt(30);
            int high = low + 1 + run.random.nextInt(30);
            Sender sender = new Sender() {
                private boolean gated;

                @Override
                protected void received(ByteBuffer data) {
                    gated &= outBufferSize() > low; // it has got below while nobody looked
                    assertThat(gated).as("read above the low mark").isFalse();
                    if (data.hasRemaining()) {
                        send(new byte[run.random.nextInt(100)]);
                        gated = outBufferSize() > high;
                        assertThat(isWritable()).isEqualTo(!gated);
                    }
                }
            };
            run.serve(SMALL.withWaterMarks(low, high, 1_000_000), () -> sender);
            SimulatedPeer peer = run.connect();
            for (int i = 0; i < 10; i++) {
                peer.send(new byte[1 + run.random.nextInt(5)]);
                run.network.after(run.randomTime(Duration.ofSeconds(2)), peer::stall);
                run.network.after(run.randomTime(Duration.ofSeconds(2)), peer::resume);
                run.run(run.randomTime(Duration.ofSeconds(1)));
            }
            peer.resume();
            run.network.after(Duration.ofSeconds(3), peer::close);
            run.runUntil(sender.life::isOver);
            run.end();
        });
    }

    @Test
    void oneLargePushIsNoOverflow() {
        Simulation run = Simulation.calm();
        Sender sender = connected(run, ChannelOptions.DEFAULTS);
        SimulatedPeer peer = run.connect();
        sender.send(new byte[10_000_000]);
        run.runUntil(() -> peer.receivedCount() == 10_000_000);
        assertThat(sender.isClosed()).isFalse();
        run.end();
    }

    @Test
    void overflowIsWhatComesOnTopOfTooMuch() {
        Simulation run = new Simulation(1, NARROW);
        Sender sender = connected(run, SMALL);
        SimulatedPeer peer = run.connect();
        peer.stall();
        sender.send(new byte[60]);
        run.turn();
        assertThat(sender.outBufferSize()).isEqualTo(50);
        sender.send(new byte[1_000]);
        run.turn();
        assertThat(sender.closeReason())
                .as("output was at the high mark, not above")
                .isNull();

        sender.send(new byte[1]);
        run.turn();
        assertThat(sender.closeReason()).isEqualTo(CloseReason.OVERFLOW);
        assertThat(sender.life.calls()).containsExactly(Call.CONNECT, Call.CLOSE);
        assertThat(run.ledger.dropped(sender)).isEqualTo(1_051);
        run.end();
    }

    @Test
    void overflowIsJudgedAfterAnAttemptToWrite() {
        Simulation run = new Simulation(1, NARROW.withWindow(1_000));
        Sender sender = connected(run, SMALL);
        SimulatedPeer peer = run.connect();
        peer.stall();
        sender.send(new byte[1_200]);
        run.turn();
        assertThat(sender.outBufferSize()).isEqualTo(200);
        peer.take(1_000);
        sender.send(new byte[1]);
        run.turn();
        assertThat(sender.closeReason()).as("there was room again").isNull();
        run.end();
    }

    /** Whatever is pushed when: a channel overflows by the rule, and only by the rule. Nothing is no push. */
    @Test
    void overflowByTheRule() {
        Seeds.play(1_500, seed -> {
            Simulation run = Simulation.any(seed);
            Sender sender = connected(run, SMALL);
            SimulatedPeer peer = run.connect();
            for (int i = 0; i < 30 && sender.closeReason() == null; i++) {
                switch (run.random.nextInt(4)) {
                    case 0 -> run.run(run.randomTime(Duration.ofMillis(100)));
                    case 1 -> peer.stall();
                    case 2 -> peer.resume();
                    default -> pushAndJudge(run, sender, run.random.nextInt(300));
                }
            }
            run.end();
        });
    }

    private static void pushAndJudge(Simulation run, Sender sender, int count) {
        run.inCallback(sender, () -> {
            long before = sender.outBufferSize();
            long writtenBefore = run.ledger.bytesOut(sender);
            sender.send(new byte[count]);
            long written = run.ledger.bytesOut(sender) - writtenBefore;
            boolean over = count > 0 && before > SMALL.highWaterMark() && before + count - written > SMALL.hardLimit();
            assertThat(sender.closeReason()).isEqualTo(over ? CloseReason.OVERFLOW : null);
        });
    }
}

package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A channel that closes when done: what was queued arrives, and the peer is not told of a reset before it has read it. */
class CloseWhenDoneTest {

    private static final Duration LINGER = Duration.ofSeconds(1);

    /** Says good-bye to the first who speaks. */
    private static final class Polite extends Sender {

        private final int length;

        Polite(int length) {
            this.length = length;
        }

        @Override
        protected void received(ByteBuffer data) {
            if (data.hasRemaining()) {
                send(new byte[length]);
                closeWhenDone();
            }
        }
    }

    private static Polite goodbye(Simulation run, int length) {
        Polite sender = new Polite(length);
        run.serve(() -> sender);
        return sender;
    }

    @Test
    void theEndFollowsTheOutputAndThePeersEndClosesTheChannel() {
        Simulation run = Simulation.calm();
        Polite sender = goodbye(run, 100);
        SimulatedPeer peer = run.connect();
        peer.send("go");
        run.runUntil(peer::hasEnded);
        Duration ended = run.now();
        assertThat(peer.receivedCount()).isEqualTo(100);
        assertThat(sender.life.isOver()).as("waits for the peer's end").isFalse();
        peer.close();
        run.runUntil(sender.life::isOver);
        assertThat(run.now()).as("at once").isEqualTo(ended);
        assertThat(sender.closeReason()).isEqualTo(CloseReason.LOCAL);
        run.end();
    }

    @Test
    void lingersForOneSecond() {
        Simulation run = Simulation.calm();
        Polite sender = goodbye(run, 100);
        SimulatedPeer peer = run.connect();
        peer.send("go");
        run.runUntil(peer::hasEnded);
        run.run(LINGER.minusNanos(1));
        assertThat(sender.life.isOver()).isFalse();
        run.run(Duration.ofNanos(1));
        assertThat(sender.life.isOver()).isTrue();
        assertThat(sender.closeReason()).isEqualTo(CloseReason.LOCAL);
        assertThat(peer.isReset()).isFalse();
        run.end();
    }

    @Test
    void throwsAwayNoMoreThan64KiB() {
        Simulation run = Simulation.calm();
        Polite sender = goodbye(run, 100);
        SimulatedPeer peer = run.connect();
        peer.send("go");
        run.runUntil(peer::hasEnded);
        peer.send(new byte[64 * 1024]);
        run.run(LINGER.dividedBy(2));
        assertThat(sender.life.isOver()).as("64 KiB").isFalse();
        peer.send(new byte[1]);
        run.run(LINGER.dividedBy(4));
        assertThat(sender.life.isOver()).as("one byte more").isTrue();
        assertThat(sender.life.receivedCount())
                .as("only what came before closeWhenDone")
                .isEqualTo(2);
        run.end();
    }

    /** A peer that goes on talking for a while still gets everything. */
    @Test
    void everythingArrivesAndNothingMoreIsParsed() {
        Seeds.play(2_000, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.random(seed).withMaxLatency(Duration.ofMillis(20)));
            Polite sender = goodbye(run, 1 + run.random.nextInt(500));
            SimulatedPeer peer = run.connect();
            for (int i = run.random.nextInt(10); i >= 0; i--) {
                byte[] words = new byte[1 + run.random.nextInt(20)];
                run.network.after(run.randomTime(Duration.ofMillis(100)), () -> peer.send(words));
            }
            if (run.random.nextInt(4) == 0) {
                peer.stall();
                run.network.after(run.randomTime(Duration.ofSeconds(20)), peer::resume);
            }
            run.runUntil(peer::hasEnded);
            assertThat(peer.isReset()).as("reset").isFalse();
            assertThat(peer.receivedCount()).isEqualTo(sender.length);
            int heard = sender.life.receivedCount();
            run.runUntil(sender.life::isOver);
            assertThat(sender.life.receivedCount()).isEqualTo(heard);
            assertThat(sender.life.count(Call.READ))
                    .as("reads with something to read")
                    .isPositive();
            assertThat(sender.closeReason()).isEqualTo(CloseReason.LOCAL);
            run.end();
        });
    }

    /** Reading was paused: the linger discards all the same, and the loop does not spin meanwhile. */
    @Test
    void pausedBefore() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) {
                pauseReading();
                send(data);
                closeWhenDone();
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("go");
        run.runUntil(peer::hasEnded);
        Duration ended = run.now();
        peer.send("on");
        peer.close();
        run.runUntil(sender.life::isOver);
        assertThat(run.now()).as("the peer's end ends it").isEqualTo(ended);
        assertThat(run.ledger.turns()).as("turns").isLessThan(50);
        run.end();
    }

    @Test
    void aPeerThatReadsNothingEndsItByWriteStall() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(10));
        Polite sender = goodbye(run, 100);
        SimulatedPeer peer = run.connect();
        peer.stall();
        peer.send("go");
        run.turn();
        run.turn();
        Duration stalled = run.now();
        run.runUntil(sender.life::isOver);
        assertThat(sender.closeReason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        assertThat(run.now().minus(stalled)).isEqualTo(sender.options().writeStallTimeout());
        assertThat(run.ledger.dropped(sender)).isEqualTo(90);
        run.end();
    }

    @Test
    void beforeTheConnectionIsMade() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withMaxLatency(Duration.ofMillis(5)));
        var listener = Listeners.at(run, Simulation.PLACE);
        Sender client = new Sender(run.map);
        Listeners.connect(client, Simulation.PLACE);
        client.send(new byte[] {'h', 'i'});
        client.closeWhenDone();
        run.runUntil(client::isConnected);
        SimulatedPeer peer = listener.accept();
        run.runUntil(peer::hasEnded);
        assertThat(peer.receivedText()).isEqualTo("hi");
        peer.close();
        run.runUntil(client.life::isOver);
        assertThat(client.life.chapters()).containsExactly(Call.CONNECT, Call.CLOSE);
        run.end();
    }
}

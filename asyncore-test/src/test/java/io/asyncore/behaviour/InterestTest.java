package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.LoopEvent;
import io.asyncore.TracksInterest;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is asked what it waits for, and when. */
class InterestTest {

    private static final int TURNS = 100;

    private static class Asked extends Plain {

        boolean wants = true;
        int asked;

        @Override
        protected boolean readable() {
            asked++;
            return wants;
        }

        /** How often it is asked in a hundred turns. */
        int askedWhile(Simulation run, Runnable eachTurn) {
            int before = asked;
            for (int i = 0; i < TURNS; i++) {
                eachTurn.run();
                run.turn();
            }
            return asked - before;
        }
    }

    @TracksInterest
    private static final class Tracked extends Asked {
        @Override
        protected boolean readable() {
            return super.readable();
        }
    }

    private static <T extends Asked> T served(Simulation run, T handler) {
        run.serve(() -> handler);
        return handler;
    }

    @Test
    void aTrackedClassIsAskedWhenSomethingHappens() {
        Simulation run = Simulation.calm();
        Tracked tracked = served(run, new Tracked());
        SimulatedPeer peer = run.connect();
        run.turn();
        assertThat(tracked.askedWhile(run, () -> {})).as("when nothing happens").isZero();
        assertThat(tracked.askedWhile(run, () -> peer.send("x")))
                .as("when something is read")
                .isBetween(TURNS - 1, TURNS);
        assertThat(tracked.askedWhile(run, tracked::interestChanged))
                .as("when it says so")
                .isEqualTo(TURNS);
        assertThat(tracked.askedWhile(run, () -> tracked.callLater(Duration.ZERO, () -> {})))
                .as("when its timers run")
                .isPositive();
        run.end();
    }

    /** Also when another channel is busy all the time. */
    @Test
    void whatHappensToOthersIsNoReason() {
        Simulation run = Simulation.calm();
        Tracked tracked = new Tracked();
        boolean[] first = {true};
        run.serve(() -> {
            Plain next = first[0] ? tracked : new Plain();
            first[0] = false;
            return next;
        });
        run.connect();
        SimulatedPeer busy = run.connect();
        assertThat(tracked.askedWhile(run, () -> busy.send("x"))).isZero();
        run.end();
    }

    @Test
    void anyOtherClassIsAskedEachTurn() {
        Simulation run = Simulation.calm();
        Asked asked = served(run, new Asked());
        SimulatedPeer peer = run.connect();
        run.turn();
        assertThat(asked.askedWhile(run, () -> {})).isEqualTo(TURNS);

        asked.wants = false;
        peer.send("hello");
        run.turn();
        assertThat(asked.life.receivedCount()).isZero();
        asked.wants = true;
        run.turn();
        assertThat(asked.life.receivedCount()).isEqualTo(5);
        run.end();
    }

    @Test
    void interestChangedFromThisThreadAndAnother() throws InterruptedException {
        Simulation run = Simulation.calm();
        Tracked tracked = served(run, new Tracked());
        SimulatedPeer peer = run.connect();
        for (int i = 1; i <= 4; i++) {
            tracked.wants = false;
            tracked.interestChanged();
            run.turn();
            peer.send("hello");
            tracked.wants = true;
            run.run(Duration.ofSeconds(1));
            assertThat(tracked.life.receivedCount())
                    .as("nobody has said anything")
                    .isEqualTo(5 * (i - 1));
            if (i % 2 == 0) {
                tracked.interestChanged();
            } else {
                Thread other = new Thread(tracked::interestChanged);
                other.start();
                other.join();
            }
            Duration said = run.now();
            int all = 5 * i;
            run.runUntil(() -> tracked.life.receivedCount() == all);
            assertThat(run.now()).isEqualTo(said);
        }
        run.end();
    }

    /** While it is not connected there is nothing that a predicate could say. */
    @Test
    void notAskedWhileConnecting() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withMaxLatency(Duration.ofSeconds(1)));
        Listeners.at(run, Simulation.PLACE);
        Asked client = new Asked();
        run.map.add(client);
        Listeners.connect(client, Simulation.PLACE);
        run.turn();
        run.turn();
        assertThat(client.asked).isZero();
        run.runUntil(client::isConnected);
        run.turn();
        assertThat(client.asked).isPositive();
        run.end();
    }

    /** {@code writable()} is true by default, and yet an idle channel costs nothing. */
    @Test
    void nobodySpins() {
        Simulation run = Simulation.calm();
        boolean[] plain = {false};
        run.serve(() -> (plain[0] ^= true) ? new Plain() : new Sender());
        SimulatedPeer first = run.connect();
        SimulatedPeer second = run.connect();
        first.send("x");
        second.send("x");
        run.turn();
        long turns = run.ledger.turns();
        run.run(Duration.ofMinutes(10));
        assertThat(run.ledger.turns() - turns).as("turns in ten minutes").isOne();
        assertThat(run.ledger.count(LoopEvent.WRITE)).isZero();
        run.end();
    }

    /** Who overrides {@code handleWrite()} is told whenever there is room, as long as {@code writable()} says so. */
    @Test
    void whoOverridesHandleWrite() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(10));
        Plain writer = new Plain() {
            private int left = 35;

            @Override
            protected boolean writable() {
                return left > 0;
            }

            @Override
            protected void handleWrite() throws Exception {
                life.note(Call.WRITE, this);
                left -= send(new byte[left]);
            }
        };
        run.serve(() -> writer);
        SimulatedPeer peer = run.connect();
        run.runUntil(() -> peer.receivedCount() == 35);
        run.run(Duration.ofSeconds(10));
        assertThat(writer.life.count(Call.WRITE)).isEqualTo(4);
        assertThat(run.ledger.count(LoopEvent.WRITE)).isEqualTo(4);
        run.end();
    }
}

package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.Timeout;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Idle and write-stall deadlines, to the nanosecond. */
class DeadlineTest {

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final ChannelOptions IDLING = ChannelOptions.DEFAULTS.withIdleTimeout(IDLE);
    private static final Duration STALL = Duration.ofSeconds(30);

    @Test
    void nothingArrives() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender();
        run.serve(IDLING, () -> sender);
        run.connect();
        Duration begun = run.now();
        run.runUntil(sender.life::isOver);
        assertThat(run.now().minus(begun)).isEqualTo(IDLE);
        assertThat(sender.closeReason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
        assertThat(sender.life.calls())
                .filteredOn(call -> call != Call.READ) // it may have been tried, in vain
                .containsExactly(Call.CONNECT, Call.TIMEOUT, Call.CLOSE);
        run.end();
    }

    /** Each byte that arrives gives the full time again; what is sent does not. */
    @Test
    void theLastByteCounts() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            Duration[] last = new Duration[1];
            Sender sender = new Sender() {
                @Override
                protected void received(ByteBuffer data) {
                    if (data.hasRemaining()) {
                        last[0] = run.now();
                    }
                }
            };
            run.serve(IDLING, () -> sender);
            SimulatedPeer peer = run.connect();
            sender.callEvery(Duration.ofSeconds(7), () -> sender.send(new byte[1]));
            for (int i = run.random.nextInt(10); i >= 0 && !sender.life.isOver(); i--) {
                peer.send(new byte[1 + run.random.nextInt(3)]);
                run.run(run.randomTime(IDLE.minusSeconds(1)));
            }
            run.runUntil(sender.life::isOver);
            assertThat(run.now().minus(last[0])).isEqualTo(IDLE);
            assertThat(sender.closeReason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
            run.end();
        });
    }

    /** The process was stopped for a while: who has spoken meanwhile is not timed out, who has not is. */
    @Test
    void inputThatWaitsCountsBeforeTheDeadlineIsJudged() {
        Seeds.play(1_000, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.random(seed).withMaxSegment(2));
            List<Sender> senders = new ArrayList<>();
            run.serve(IDLING, () -> {
                senders.add(new Sender());
                return senders.get(senders.size() - 1);
            });
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                peers.add(run.connect());
            }
            boolean[] spoken = new boolean[peers.size()];
            for (int i = 0; i < spoken.length; i++) {
                spoken[i] = run.random.nextBoolean();
                if (spoken[i]) {
                    peers.get(i).send("x");
                }
            }
            run.network.clock().advance(IDLE.multipliedBy(3));
            run.turn();
            run.turn();
            run.turn();
            for (int i = 0; i < spoken.length; i++) {
                assertThat(senders.get(i).life.has(Call.TIMEOUT))
                        .as("channel %s timed out", i)
                        .isEqualTo(!spoken[i]);
            }
            run.end();
        });
    }

    /** As above, but it is a callback that takes so long. */
    @Test
    void whoSpokeDuringALongCallbackIsHeardFirst() {
        Simulation run = Simulation.calm();
        Sender[] senders = new Sender[3];
        int[] made = {0};
        SimulatedPeer[] peers = new SimulatedPeer[3];
        run.serve(
                IDLING,
                () -> senders[made[0]++] = new Sender() {
                    @Override
                    protected void received(ByteBuffer data) {
                        if (this == senders[0]) {
                            run.network.clock().advance(IDLE.multipliedBy(3));
                            peers[1].send("I was here");
                        }
                    }
                });
        for (int i = 0; i < 3; i++) {
            peers[i] = run.connect();
        }
        peers[0].send("sleep");
        run.run(Duration.ofNanos(1));
        run.turn();
        assertThat(senders[1].life.isOver()).as("the one who spoke meanwhile").isFalse();
        assertThat(senders[2].closeReason()).as("the one who did not").isEqualTo(CloseReason.IDLE_TIMEOUT);
        run.end();
    }

    /** A handler that decides to stay has the full time again. */
    @Test
    void whoStaysHasTheFullTimeAgain() {
        Simulation run = Simulation.calm();
        List<Duration> asked = new ArrayList<>();
        Sender sender = new Sender() {
            @Override
            protected void handleTimeout(Timeout timeout) throws Exception {
                assertThat(timeout).isEqualTo(Timeout.IDLE);
                asked.add(run.now());
                if (asked.size() == 3) {
                    super.handleTimeout(timeout);
                }
            }
        };
        run.serve(IDLING, () -> sender);
        run.connect();
        Duration begun = run.now();
        run.runUntil(sender.life::isOver);
        assertThat(asked)
                .containsExactly(begun.plus(IDLE), begun.plus(IDLE.multipliedBy(2)), begun.plus(IDLE.multipliedBy(3)));
        run.end();
    }

    /** A channel that is not read stays under its deadline. */
    @Test
    void alsoUnderAClosedGate() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void handleConnect() throws Exception {
                super.handleConnect();
                pauseReading();
            }
        };
        run.serve(IDLING, () -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("unheard");
        run.run(IDLE);
        assertThat(sender.closeReason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
        run.end();
    }

    /** Options set later: the deadline begins anew, or goes away. */
    @Test
    void newOptions() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender();
        run.serve(IDLING, () -> sender);
        run.connect();
        run.run(IDLE.minusSeconds(1));
        sender.setOptions(IDLING.withIdleTimeout(null));
        run.run(IDLE);
        assertThat(sender.life.has(Call.TIMEOUT)).isFalse();
        sender.setOptions(IDLING.withIdleTimeout(Duration.ofSeconds(5)));
        run.run(Duration.ofSeconds(5).minusNanos(1));
        assertThat(sender.life.has(Call.TIMEOUT)).isFalse();
        run.run(Duration.ofNanos(1));
        assertThat(sender.life.isOver()).isTrue();
        run.end();
    }

    @Test
    void aPeerThatTakesNothing() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(10));
        Sender sender = new Sender();
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.stall();
        run.run(STALL);
        sender.send(new byte[11]);
        Duration sent = run.now();
        run.runUntil(sender.life::isOver);
        assertThat(run.now().minus(sent)).isEqualTo(STALL);
        assertThat(sender.life.calls())
                .filteredOn(call -> call != Call.READ) // it may have been tried, in vain
                .containsExactly(Call.CONNECT, Call.TIMEOUT, Call.CLOSE);
        assertThat(sender.closeReason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        assertThat(run.ledger.dropped(sender)).isOne();
        run.end();
    }

    /** The process was stopped for a while: room that the peer has made meanwhile counts. */
    @Test
    void roomThatWaitsCountsBeforeTheDeadlineIsJudged() {
        Seeds.play(1_000, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.CALM.withWindow(10));
            List<Sender> senders = new ArrayList<>();
            run.serve(() -> {
                senders.add(new Sender());
                return senders.get(senders.size() - 1);
            });
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                peers.add(run.connect());
                peers.get(i).stall();
                senders.get(i).send(new byte[100]);
            }
            run.turn();
            run.network.setConditions(run.network.conditions().withFickle(true));
            run.network.clock().advance(STALL.multipliedBy(3));
            boolean[] taken = new boolean[peers.size()];
            for (int i = 0; i < taken.length; i++) {
                taken[i] = run.random.nextBoolean();
                if (taken[i]) {
                    peers.get(i).take(1);
                }
            }
            run.turn();
            run.turn();
            for (int i = 0; i < taken.length; i++) {
                assertThat(senders.get(i).life.has(Call.TIMEOUT))
                        .as("channel %s timed out", i)
                        .isEqualTo(!taken[i]);
            }
            run.end();
        });
    }

    /** One byte in time is enough; and who takes everything has nothing to fear. */
    @Test
    void aPeerThatTakesALittle() {
        Seeds.play(1_000, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.CALM.withWindow(10));
            Sender sender = new Sender();
            run.serve(() -> sender);
            SimulatedPeer peer = run.connect();
            peer.stall();
            sender.send(new byte[30]);
            run.turn();
            Duration last = run.now();
            for (int i = run.random.nextInt(40); i > 0; i--) {
                run.run(run.randomTime(STALL.minusSeconds(1)));
                boolean waits = sender.outBufferSize() > 0;
                peer.take(1 + run.random.nextInt(3));
                run.turn();
                last = waits ? run.now() : last;
                if (sender.outBufferSize() == 0 && run.random.nextBoolean()) {
                    sender.send(new byte[20]);
                    run.turn();
                    last = run.now();
                }
            }
            assertThat(sender.life.isOver()).isFalse();
            if (sender.outBufferSize() > 0) {
                run.runUntil(sender.life::isOver);
                assertThat(run.now().minus(last)).isEqualTo(STALL);
            } else {
                run.run(STALL.multipliedBy(2));
                assertThat(sender.life.isOver()).isFalse();
            }
            run.end();
        });
    }
}

package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who makes output hears when it is too much, and when there is room again. */
class BackpressureTest {

    private static final ChannelOptions SMALL = ChannelOptions.DEFAULTS.withWaterMarks(20, 50, 1_000_000);
    private static final NetworkConditions NARROW = NetworkConditions.CALM.withWindow(10);

    /** Keeps what it is told, and checks that it is told in turn and by the rules. */
    private static class Teller extends Sender {
        final List<String> told = new ArrayList<>();
        private boolean working;

        void discardQueuedNow() {
            discardQueued();
        }

        void work(Runnable callback) {
            working = true;
            callback.run();
            working = false;
        }

        private void note(String what) {
            assertThat(working).as("told in the middle of a callback").isFalse();
            assertThat(isClosed()).isFalse();
            assertThat(life.calls()).contains(Life.Call.CONNECT);
            String last = told.isEmpty() ? "drained" : told.get(told.size() - 1);
            assertThat(what).as("after %s", told).isNotEqualTo(last);
            told.add(what);
        }

        @Override
        protected void handleBackpressure() throws Exception {
            note("pressure");
        }

        @Override
        protected void handleDrained() throws Exception {
            note("drained");
        }
    }

    @Test
    void atTheMarks() {
        Simulation run = new Simulation(1, NARROW);
        Teller teller = new Teller();
        run.serve(SMALL, () -> teller);
        SimulatedPeer peer = run.connect();
        peer.stall();
        run.inCallback(teller, () -> teller.work(() -> teller.send(new byte[10])));
        run.inCallback(teller, () -> teller.work(() -> teller.send(new byte[50])));
        assertThat(teller.told).as("exactly the high mark").isEmpty();
        run.inCallback(teller, () -> teller.work(() -> teller.send(new byte[1])));
        assertThat(teller.told).containsExactly("pressure");
        run.inCallback(teller, () -> teller.work(() -> teller.send(new byte[100])));
        assertThat(teller.told).containsExactly("pressure");
        while (teller.outBufferSize() > 20) {
            assertThat(teller.told).as("above the low mark").containsExactly("pressure");
            peer.take(1);
            run.turn();
        }
        assertThat(teller.outBufferSize()).isEqualTo(20);
        assertThat(teller.told).containsExactly("pressure", "drained");
        run.end();
    }

    /** Whatever is sent and taken when: in turn, and in the end as it is. */
    @Test
    void inTurn() {
        Seeds.play(1_500, seed -> {
            Simulation run = Simulation.any(seed);
            int low = run.random.nextInt(30);
            int high = low + 1 + run.random.nextInt(30);
            Teller teller = new Teller() {
                @Override
                protected void handleDrained() throws Exception {
                    super.handleDrained();
                    if (run.random.nextInt(3) == 0) {
                        send(new byte[run.random.nextInt(200)]);
                    }
                }
            };
            run.serve(SMALL.withWaterMarks(low, high, 1_000_000), () -> teller);
            SimulatedPeer peer = run.connect();
            for (int i = 0; i < 40; i++) {
                switch (run.random.nextInt(6)) {
                    case 0 -> peer.stall();
                    case 1 -> peer.resume();
                    case 2 -> run.run(run.randomTime(Duration.ofMillis(100)));
                    case 3 -> teller.discardQueuedNow();
                    case 4 -> teller.send(new byte[run.random.nextInt(100)]); // outside any callback
                    default ->
                        run.inCallback(teller, () -> teller.work(() -> teller.send(new byte[run.random.nextInt(100)])));
                }
                if (run.random.nextInt(3) == 0) {
                    run.turn();
                    boolean pressed = !teller.told.isEmpty()
                            && teller.told.get(teller.told.size() - 1).equals("pressure");
                    assertThat(teller.isWritable()).isEqualTo(!pressed);
                }
            }
            if (run.random.nextBoolean()) {
                teller.closeWhenDone();
                peer.resume();
                peer.shutdownOutput();
                run.runUntil(teller.life::isOver);
            }
            run.end();
        });
    }

    /** The usual way to make output without bound: as long as there is room, and then again when there is. */
    @Test
    void aPumpNeverStops() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            int total = 3_000;
            Teller pump = new Teller() {
                private int made;

                private void pump() {
                    while (isWritable() && made < total) {
                        made += send(new byte[Math.min(total - made, 1 + run.random.nextInt(60))]);
                    }
                }

                @Override
                protected void handleConnect() throws Exception {
                    super.handleConnect();
                    pump();
                }

                @Override
                protected void handleDrained() throws Exception {
                    super.handleDrained();
                    pump();
                }
            };
            run.serve(SMALL, () -> pump);
            SimulatedPeer peer = run.connect();
            run.runUntil(() -> peer.receivedCount() == total);
            run.end();
        });
    }

    @Test
    void notOfWhatComesAndGoesWithinOneSend() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(10_000_000));
        Teller teller = new Teller();
        run.serve(() -> teller);
        run.connect();
        run.inCallback(teller, () -> {
            for (int i = 0; i < 100; i++) {
                teller.send(new byte[50_000]);
            }
        });
        run.turn();
        assertThat(teller.outBufferSize()).as("below the turn's share").isPositive();
        assertThat(teller.told.size()).isLessThanOrEqualTo(1);
        run.end();
    }

    /** It fails as any callback does. */
    @Test
    void aHandlerThatThrows() {
        Simulation run = new Simulation(1, NARROW);
        Teller teller = new Teller() {
            @Override
            protected void handleBackpressure() {
                throw new IllegalStateException("on purpose");
            }
        };
        run.serve(SMALL, () -> teller);
        run.connect().stall();
        teller.send(new byte[1_000]);
        run.turn();
        assertThat(teller.closeReason()).isEqualTo(CloseReason.ERROR);
        assertThat(teller.life.errors()).hasSize(1);
        run.end();
    }

    /** Nothing is told of a connection that is not there yet, is closing or lost. */
    @Test
    void onlyWhileConnected() {
        Simulation run = new Simulation(1, NARROW);
        Teller teller = new Teller();
        run.serve(SMALL, () -> teller);
        SimulatedPeer peer = run.connect();
        peer.stall();
        run.inCallback(teller, () -> {
            teller.send(new byte[1_000]);
            teller.closeWhenDone();
        });
        peer.reset();
        run.run(Duration.ofSeconds(1));
        assertThat(teller.told).isEmpty();
        assertThat(teller.life.isOver()).isTrue();
        run.end();
    }
}

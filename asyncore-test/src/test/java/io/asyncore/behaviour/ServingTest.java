package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.Asyncore;
import io.asyncore.ExitNow;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In which order what is ready is served, and that none of it is lost. */
class ServingTest {

    private static final int CHANNELS = 4;
    private static final List<String> ALL =
            List.of("r1", "r2", "r3", "r4", "w1", "w2", "w3", "w4", "e1", "e2", "e3", "e4");

    /** Wants to read and to write all the time, and says which of its callbacks runs. */
    private static final class Witness extends Plain {

        private final int number;
        private final List<String> log;
        private final Consumer<String> then;

        Witness(int number, List<String> log, Consumer<String> then) {
            this.number = number;
            this.log = log;
            this.then = then;
        }

        private void say(String what) {
            log.add(what + number);
            then.accept(what + number);
        }

        @Override
        protected void received(ByteBuffer data) {
            say("r");
        }

        @Override
        protected void handleWrite() throws Exception {
            send(new byte[1]);
            say("w");
        }

        @Override
        protected void handleExpt() {
            say("e");
        }
    }

    private final List<Witness> order = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final List<Witness> witnesses = new ArrayList<>();
    private Consumer<String> then = what -> {};

    /** All channels are ready for everything, and the poller will find them in any order. */
    private Simulation allReady(long seed) {
        Simulation run = new Simulation(seed, NetworkConditions.CALM);
        run.serve(() -> {
            Witness witness = new Witness(witnesses.size() + 1, log, what -> then.accept(what));
            witnesses.add(witness);
            return witness;
        });
        List<SimulatedPeer> peers = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            peers.add(run.connect());
        }
        order.clear();
        order.addAll(witnesses);
        Collections.shuffle(order, new Random(seed));
        order.forEach(witness -> {
            run.map.remove(witness);
            run.map.add(witness);
            run.turn(); // registers it, behind the others
        });
        peers.forEach(peer -> {
            peer.send("x");
            peer.sendUrgent();
        });
        log.clear();
        return run;
    }

    private void again() {
        log.clear();
        witnesses.clear();
        then = what -> {};
    }

    @Test
    void pollServesAllReadsThenAllWritesThenAllExceptional() {
        Seeds.play(200, seed -> {
            again();
            Simulation run = allReady(seed);
            Asyncore.poll(Duration.ZERO, run.map);
            assertThat(log).containsExactly("r1", "r2", "r3", "r4", "w1", "w2", "w3", "w4", "e1", "e2", "e3", "e4");
            run.end();
        });
    }

    @Test
    void poll2ServesChannelByChannel() {
        Seeds.play(200, seed -> {
            again();
            Simulation run = allReady(seed);
            Asyncore.poll2(Duration.ZERO, run.map);
            assertThat(log).containsExactly("r1", "w1", "e1", "r2", "w2", "e2", "r3", "w3", "e3", "r4", "w4", "e4");
            run.end();
        });
    }

    /** A loop of its own serves in the order in which the poller has named them. */
    @Test
    void asFound() {
        Seeds.play(200, seed -> {
            again();
            Simulation run = allReady(seed);
            run.turn();
            assertThat(log)
                    .containsExactlyElementsOf(order.stream()
                            .flatMap(witness -> Stream.of("r", "w", "e").map(what -> what + witness.number))
                            .toList());
            run.end();
        });
    }

    /** Urgent data is announced once: who was found ready when something left the poll must not be forgotten. */
    @Test
    void nothingIsLostWhenSomethingLeavesThePoll() {
        Seeds.play(1_000, seed -> {
            again();
            Simulation run = allReady(seed);
            String from = "rwe".charAt(run.random.nextInt(3)) + "" + (1 + run.random.nextInt(CHANNELS));
            boolean[] left = {false};
            then = what -> {
                if (what.equals(from) && !left[0]) {
                    left[0] = true;
                    throw new ExitNow("out of here");
                }
            };
            boolean twice = run.random.nextBoolean();
            assertThatThrownBy(() -> {
                        while (!left[0]) {
                            if (twice) {
                                Asyncore.poll2(Duration.ZERO, run.map);
                            } else {
                                run.turn();
                            }
                        }
                    })
                    .isInstanceOf(ExitNow.class);
            run.runUntil(() -> log.containsAll(ALL));
            assertThat(log).containsOnlyOnce("e1", "e2", "e3", "e4");
            run.end();
        });
    }

    /** As above, when there is no other reason to come back to a channel. */
    @Test
    void neitherIsWhatWillNotBeFoundAgain() {
        Seeds.play(200, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.CALM.withFickle(true));
            List<Sender> called = new ArrayList<>();
            run.serve(() -> new Sender() {
                @Override
                protected void handleExpt() {
                    called.add(this);
                    if (called.size() % 2 == 1) {
                        throw new ExitNow("out of here");
                    }
                }
            });
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < CHANNELS; i++) {
                peers.add(run.connect());
            }
            peers.forEach(SimulatedPeer::sendUrgent);
            for (int i = 0; i < 20; i++) {
                try {
                    run.turn();
                } catch (ExitNow e) {
                    assertThat(e).hasMessage("out of here");
                }
            }
            assertThat(called).hasSize(CHANNELS).doesNotHaveDuplicates();
            run.end();
        });
    }

    /** Who was found ready, but was paused by somebody served before, is not read. */
    @Test
    void thePausedAreNotRead() {
        Simulation run = Simulation.calm();
        class Pauser extends Sender {
            private final List<Pauser> others;

            Pauser(List<Pauser> others) {
                this.others = others;
                others.add(this);
            }

            @Override
            protected void received(ByteBuffer data) {
                others.forEach(Pauser::pause);
            }

            private void pause() {
                pauseReading();
            }
        }
        List<Pauser> pausers = new ArrayList<>();
        run.serve(() -> new Pauser(pausers));
        List<SimulatedPeer> peers = List.of(run.connect(), run.connect(), run.connect());
        peers.forEach(peer -> peer.send("x"));
        run.run(Duration.ofSeconds(1));
        assertThat(pausers)
                .filteredOn(pauser -> pauser.life.receivedCount() > 0)
                .hasSize(1);
        run.end();
    }

    /** Who was found ready, but was closed by somebody served before, is not called. */
    @Test
    void theClosedAreNotCalled() {
        Seeds.play(500, seed -> {
            again();
            Simulation run = allReady(seed);
            then = what -> witnesses.forEach(witness -> {
                if (!what.endsWith(Integer.toString(witness.number))) {
                    witness.close();
                }
            });
            run.runUntil(() -> run.map.size() == 2);
            String survivor = log.get(0).substring(1);
            assertThat(log).allMatch(what -> what.endsWith(survivor));
            run.end();
        });
    }
}

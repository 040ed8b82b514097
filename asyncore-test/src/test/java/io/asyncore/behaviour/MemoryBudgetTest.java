package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.MemoryBudget;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many channels, each within its own bounds, must not hold too much together. */
class MemoryBudgetTest {

    private static final NetworkConditions NARROW = NetworkConditions.CALM.withWindow(10);

    private final MemoryBudget budget = MemoryBudget.of(1_000);
    private final List<Sender> senders = new ArrayList<>();
    private final List<Chat> chats = new ArrayList<>();

    private Sender sender() {
        senders.add(new Sender());
        return senders.get(senders.size() - 1);
    }

    private Chat chat() {
        Chat chat = new Chat();
        chat.setTerminator(";");
        chats.add(chat);
        return chat;
    }

    private static long overflowed(List<? extends Dispatcher> channels) {
        return channels.stream()
                .filter(channel -> channel.closeReason() == CloseReason.OVERFLOW)
                .count();
    }

    @Test
    void manySlowReaders() {
        Simulation run = new Simulation(1, NARROW);
        run.loop.setMemoryBudget(budget);
        run.serve(this::sender);
        for (int i = 0; i < 20; i++) {
            run.connect().stall();
            senders.get(i).send(new byte[10 + 90]);
            run.turn();
            assertThat(budget.used()).isLessThanOrEqualTo(budget.limit());
        }
        assertThat(overflowed(senders)).isEqualTo(20 - 11);
        assertThat(senders).filteredOn(Sender::isConnected).hasSize(11);
        assertThat(senders)
                .filteredOn(Sender::isClosed)
                .allSatisfy(sender -> assertThat(run.ledger.dropped(sender)).isEqualTo(90));
        run.map.closeAll(true);
        run.turn();
        assertThat(budget.used()).isZero();
        run.end();
    }

    @Test
    void theLargestGoesFirst() {
        Simulation run = new Simulation(1, NARROW);
        run.loop.setMemoryBudget(budget);
        run.serve(this::sender);
        for (int i = 0; i < 5; i++) {
            run.connect().stall();
        }
        int[] sizes = {110, 510, 10 + 80, 310, 10 + 200};
        for (int i = 0; i < sizes.length; i++) {
            senders.get(i).send(new byte[sizes[i]]);
        }
        run.turn();
        assertThat(senders).extracting(Sender::isClosed).containsExactly(false, true, false, false, false);
        senders.get(0).send(new byte[500]);
        run.turn();
        assertThat(senders).extracting(Sender::isClosed).containsExactly(true, true, false, false, false);
        run.end();
    }

    @Test
    void manyPartialFrames() {
        Simulation run = Simulation.calm();
        run.loop.setMemoryBudget(budget);
        run.serve(this::chat);
        for (int i = 0; i < 20; i++) {
            SimulatedPeer peer = run.connect();
            peer.send("x".repeat(100));
            run.turn();
            assertThat(budget.used()).isLessThanOrEqualTo(budget.limit());
        }
        assertThat(overflowed(chats)).isEqualTo(10);
        run.end();
    }

    /** Frames that a paused chat has not parsed yet. */
    @Test
    void unparsedInput() {
        Simulation run = Simulation.calm();
        run.loop.setMemoryBudget(budget);
        run.serve(() -> {
            Chat chat = new Chat() {
                @Override
                protected void frame(String frame) {
                    pauseReading();
                }
            };
            chat.setTerminator(";");
            chats.add(chat);
            return chat;
        });
        for (int i = 0; i < 20; i++) {
            run.connect().send("x;" + "y".repeat(100));
            run.turn();
            assertThat(budget.used()).isLessThanOrEqualTo(budget.limit());
        }
        assertThat(overflowed(chats)).isGreaterThan(5);
        run.end();
    }

    /** A frame that is complete, or given up, is no longer counted. */
    @Test
    void whatIsTakenIsCountedNoMore() {
        Simulation run = Simulation.calm();
        run.loop.setMemoryBudget(budget);
        run.serve(this::chat);
        SimulatedPeer peer = run.connect();
        peer.send("x".repeat(500));
        run.turn();
        assertThat(budget.used()).isBetween(500L, 1_000L);
        peer.send("x;");
        run.turn();
        run.turn();
        assertThat(budget.used()).isZero();
        peer.send("x".repeat(500));
        run.turn();
        chats.get(0).collected();
        run.turn();
        assertThat(budget.used()).isZero();
        run.end();
    }

    /** Whatever is sent, taken, moved and closed: the sum is right, and below the limit. */
    @Test
    void theSumIsRight() {
        Seeds.play(1_000, seed -> {
            MemoryBudget small = MemoryBudget.of(500);
            List<Sender> all = new ArrayList<>();
            List<SimulatedPeer> peers = new ArrayList<>();
            Simulation run = Simulation.any(seed);
            run.loop.setMemoryBudget(small);
            run.serve(() -> {
                all.add(new Sender());
                return all.get(all.size() - 1);
            });
            for (int i = 0; i < 5; i++) {
                peers.add(run.connect());
            }
            for (int i = 0; i < 60; i++) {
                int who = run.random.nextInt(all.size());
                switch (run.random.nextInt(8)) {
                    case 0 -> peers.get(who).stall();
                    case 1 -> peers.get(who).resume();
                    case 2 -> moveThereAndBack(run, all.get(who));
                    case 3 -> run.run(run.randomTime(Duration.ofMillis(100)));
                    case 4 -> run.loop.execute(() -> all.get(who).send(new byte[run.random.nextInt(300)]));
                    default -> all.get(who).send(new byte[run.random.nextInt(300)]);
                }
                run.turn();
                assertThat(small.used())
                        .isLessThanOrEqualTo(small.limit())
                        .isEqualTo(all.stream()
                                .filter(sender -> run.map.get(sender.id()) != null)
                                .mapToLong(Sender::outBufferSize)
                                .sum());
            }
            run.end();
        });
    }

    private static void moveThereAndBack(Simulation run, Sender sender) {
        if (!sender.isClosed()) {
            run.map.remove(sender);
            run.turn();
            run.map.add(sender);
        }
    }

    /** The loop that holds more than its share sheds, and not the one that happens to turn. */
    @Test
    void ofTwoLoopsTheOneThatHoldsMore() {
        Simulation run = new Simulation(1, NARROW);
        EventLoop other = new EventLoop(new ChannelMap(), run.network.provider(), run.network.clock());
        run.loop.setMemoryBudget(budget);
        other.setMemoryBudget(budget);
        EventLoop[] next = {run.loop};
        run.door(socket -> next[0].attach(sender(), socket, ChannelOptions.DEFAULTS));
        run.connect().stall();
        run.connect().stall();
        next[0] = other;
        run.connect().stall();
        senders.get(0).send(new byte[400]);
        senders.get(1).send(new byte[500]);
        run.turn();
        senders.get(2).send(new byte[200]);
        other.poll(Duration.ZERO);
        other.poll(Duration.ZERO);
        assertThat(budget.used()).isGreaterThan(budget.limit());
        assertThat(senders.get(2).isConnected()).isTrue();
        run.turn();
        assertThat(senders).extracting(Sender::isClosed).containsExactly(false, true, false);
        assertThat(budget.used()).isLessThanOrEqualTo(budget.limit());
        other.map().closeAll(true);
        run.end();
    }

    /** What all hold while one callback runs: what it queues itself, and no more than the limit besides. */
    private long mostHeld;

    private void queues(Sender sender, int bytes) {
        assertThat(heldByAll()).isLessThanOrEqualTo(budget.limit());
        sender.send(new byte[bytes]);
        mostHeld = Math.max(mostHeld, heldByAll());
    }

    private long heldByAll() {
        return senders.stream().mapToLong(Sender::outBufferSize).sum();
    }

    /** Each within its own callback, and all of them in one turn: between two of them the loop must shed. */
    @Test
    void notBeyondItWithinOneTurn() {
        Simulation run = new Simulation(1, NARROW);
        run.loop.setMemoryBudget(budget);
        run.serve(() -> {
            senders.add(new Sender() {
                @Override
                protected void received(ByteBuffer data) {
                    queues(this, 10 + 200);
                }
            });
            return senders.get(senders.size() - 1);
        });
        List<SimulatedPeer> peers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            peers.add(run.connect());
        }
        peers.forEach(peer -> {
            peer.stall();
            peer.send("x");
        });
        run.runUntil(
                () -> senders.stream().allMatch(sender -> sender.life.calls().contains(Call.READ)));
        assertThat(mostHeld).isBetween(800L, 1_000L + 210);
        assertThat(overflowed(senders)).isEqualTo(40 - 5);
        assertThat(senders).filteredOn(Sender::isConnected).hasSize(5);
        run.end();
    }

    /** The same by the tasks and timers of one turn. */
    @Test
    void norByTasks() {
        Simulation run = new Simulation(1, NARROW);
        run.loop.setMemoryBudget(budget);
        run.serve(this::sender);
        for (int i = 0; i < 40; i++) {
            run.connect().stall();
        }
        senders.subList(0, 20).forEach(sender -> run.loop.execute(() -> queues(sender, 10 + 200)));
        senders.subList(20, 40).forEach(sender -> sender.callLater(Duration.ZERO, () -> queues(sender, 10 + 200)));
        run.turn();
        assertThat(mostHeld).isBetween(800L, 1_000L + 210);
        assertThat(overflowed(senders)).isEqualTo(40 - 5);
        run.end();
    }

    /** A listener takes many connections in one callback of its own. */
    @Test
    void norByWhatIsAcceptedInOneCallback() {
        Simulation run = new Simulation(1, NARROW);
        run.loop.setMemoryBudget(budget);
        run.serve(() -> {
            senders.add(new Sender() {
                @Override
                protected void handleConnect() throws Exception {
                    super.handleConnect();
                    queues(this, 10 + 200);
                }
            });
            return senders.get(senders.size() - 1);
        });
        for (int i = 0; i < 5; i++) {
            run.network.connect(Simulation.PLACE).stall();
        }
        run.runUntil(() -> senders.size() == 5);
        assertThat(overflowed(senders)).isZero();
        for (int i = 0; i < 5; i++) {
            run.network.connect(Simulation.PLACE).stall();
        }
        run.runUntil(() -> senders.size() == 10);
        assertThat(mostHeld).isBetween(800L, 1_000L + 210);
        assertThat(overflowed(senders)).isEqualTo(10 - 5);
        run.end();
    }

    /** What is written at once for many is no reason to close any of them. */
    @Test
    void whatGoesOutAtOnceDoesNotCount() {
        Simulation run = Simulation.calm();
        run.loop.setMemoryBudget(budget);
        run.serve(this::sender);
        for (int i = 0; i < 40; i++) {
            run.connect();
        }
        run.loop.execute(() -> senders.forEach(sender -> sender.send(new byte[200])));
        run.turn();
        run.turn();
        assertThat(senders).allMatch(Sender::isConnected);
        assertThat(budget.used()).isZero();
        run.end();
    }

    @Test
    void impossibleBudgets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryBudget.of(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> MemoryBudget.ofHeap(0));
        assertThatIllegalArgumentException().isThrownBy(() -> MemoryBudget.ofHeap(1.1));
        assertThat(MemoryBudget.ofHeap(0.25).limit())
                .isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    }
}

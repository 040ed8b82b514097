package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelSnapshot;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.EventLoop;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What a loop tells about its channels while it serves them. */
class SnapshotTest {

    private static final int MANY = 10_000;
    private static final int AT_ONCE = 5;

    private static class Echo extends DispatcherWithSend {
        @Override
        protected void handleRead() throws Exception {
            ByteBuffer said = recv();
            if (said.hasRemaining() && said.get(0) == '!') {
                throw new IllegalStateException("an order:\n" + StandardCharsets.US_ASCII.decode(said));
            }
            send(said);
        }

        @Override
        protected void handleError(Throwable error) {
            pauseReading(); // stays
        }
    }

    private static ChannelSnapshot only(Simulation run, Dispatcher channel) {
        CompletableFuture<ChannelSnapshot> taken =
                run.loop.snapshot(channel.id()).thenApply(found -> found.orElseThrow());
        run.turn();
        return taken.join();
    }

    @Test
    void oneChannel() {
        Simulation run = Simulation.calm();
        List<Dispatcher> handlers = new ArrayList<>();
        run.serve(() -> {
            Echo echo = new Echo();
            handlers.add(echo);
            return echo;
        });
        SimulatedPeer peer = run.connect();
        run.run(Duration.ofSeconds(3));
        peer.send("hello");
        run.runUntil(() -> peer.receivedCount() == 5);
        run.run(Duration.ofSeconds(2));

        ChannelSnapshot seen = only(run, handlers.get(0));
        assertThat(seen.id()).isEqualTo(handlers.get(0).id());
        assertThat(seen.peer()).isEqualTo(peer.address());
        assertThat(seen.local()).isEqualTo(Simulation.PLACE);
        assertThat(seen.handler()).isEqualTo(Echo.class.getName());
        assertThat(seen.state()).isEqualTo("CONNECTED");
        assertThat(seen.age()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_100));
        assertThat(seen.idle()).isBetween(Duration.ofMillis(1_900), Duration.ofMillis(2_100));
        assertThat(seen.bytesIn()).isEqualTo(5);
        assertThat(seen.bytesOut()).isEqualTo(5);
        assertThat(seen.pendingOutput()).isZero();
        assertThat(seen.readingPaused()).isFalse();
        assertThat(seen.tlsProtocol()).isNull();
        assertThat(seen.lastError()).isNull();

        peer.send("!");
        run.run(Duration.ofSeconds(1));
        ChannelSnapshot failed = only(run, handlers.get(0));
        assertThat(failed.lastError()).isEqualTo("java.lang.IllegalStateException: an order:\\n!");
        assertThat(failed.readingPaused()).isTrue();
        run.end();
    }

    @Test
    void aListenerHasOneToo() {
        Simulation run = Simulation.calm();
        ChannelSnapshot seen = only(run, run.serve(Echo::new));
        assertThat(seen.state()).isEqualTo("LISTENING");
        assertThat(seen.peer()).isEqualTo(Simulation.PLACE);
        run.end();
    }

    @Test
    void nobodyHasThatId() {
        Simulation run = Simulation.calm();
        var taken = run.loop.snapshot(Long.MAX_VALUE);
        run.turn();
        assertThat(taken.join()).isEmpty();
        run.end();
    }

    @Test
    void thousandsAreTakenWhileTrafficRunsAndChannelsComeAndGo() {
        Simulation run = Simulation.calm();
        run.serve(Echo::new);
        List<SimulatedPeer> peers = new ArrayList<>();
        while (peers.size() < MANY) {
            for (int i = 0; i < AT_ONCE; i++) {
                peers.add(run.network.connect(Simulation.PLACE));
            }
            run.runUntil(() -> run.map.size() == peers.size() + 1);
        }
        CompletableFuture<List<ChannelSnapshot>> taken = run.loop.snapshots();
        long before = run.ledger.turns();
        int answered = 0;
        for (int i = 0; !taken.isDone(); i++) {
            SimulatedPeer talker = peers.get(i);
            talker.send("x");
            peers.get(MANY - 1 - i).close();
            run.runUntil(() -> talker.receivedCount() > 0);
            run.connect();
            answered++;
        }
        assertThat(run.ledger.turns() - before).as("a few in each turn").isGreaterThan(MANY / 256);
        assertThat(answered).as("others are served meanwhile").isGreaterThan(5);
        assertThat(taken.join())
                .hasSizeBetween(MANY + 1 - answered, MANY + 1)
                .isSortedAccordingTo(Comparator.comparingLong(ChannelSnapshot::id))
                .doesNotHaveDuplicates()
                .allMatch(seen -> !seen.state().equals("CLOSED"));
        run.end();
    }

    @Test
    void aLoopThatHasBeenStoppedTellsNothing() throws Exception {
        EventLoop loop = new EventLoop(new ChannelMap());
        Thread thread = loop.start(Thread::new);
        loop.stop();
        thread.join(20_000);
        assertThatThrownBy(() -> loop.snapshots().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }
}

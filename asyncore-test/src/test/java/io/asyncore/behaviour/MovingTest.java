package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.EventLoop;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A channel may leave its map and join another one: its loop, its poller and its deadlines change, its life does not. */
class MovingTest {

    private static final class Echo extends Sender {
        @Override
        protected void received(ByteBuffer data) {
            send(data);
        }

        @Override
        protected void handleEof() {
            life.note(Call.EOF, this);
            closeWhenDone();
        }
    }

    /** Two loops on one network and one clock, polled in turns. */
    private static List<EventLoop> twoLoops(Simulation run) {
        return List.of(run.loop, new EventLoop(new ChannelMap(), run.network.provider(), run.network.clock()));
    }

    @Test
    void betweenTwoLoops() {
        Seeds.play(700, seed -> {
            Simulation run = Simulation.any(seed);
            List<EventLoop> loops = twoLoops(run);
            Echo echo = new Echo();
            run.serve(() -> echo);
            SimulatedPeer peer = run.connect();
            byte[] said = run.randomBytes(run.random.nextInt(100));
            peer.send(said);
            peer.shutdownOutput();
            for (int i = 0; !echo.isClosed() || !peer.hasEnded(); i++) {
                assertThat(i).as("turns").isLessThan(200_000);
                if (run.random.nextInt(10) == 0 && !echo.isClosed()) {
                    ChannelMap to = loops.get(run.random.nextInt(2)).map();
                    echo.delChannel();
                    echo.addChannel(to);
                }
                loops.get(i % 2).poll(Duration.ofNanos(run.random.nextInt(20_000_000)));
            }
            assertThat(peer.received()).isEqualTo(said);
            assertThat(echo.closeReason()).isEqualTo(CloseReason.LOCAL);
            assertThat(echo.life.chapters()).endsWith(Call.EOF, Call.CLOSE);
            run.network.run(loops.get(1), Duration.ofSeconds(1));
            assertThat(loops.get(1).map().isEmpty()).isTrue();
        });
    }

    /** What a callback has queued is written by the loop that has the channel then. */
    @Test
    void withOutputInTheQueue() {
        Simulation run = Simulation.calm();
        EventLoop second = twoLoops(run).get(1);
        List<Integer> waiting = new ArrayList<>();
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) {
                send(data);
                waiting.add(outBufferSize());
                delChannel();
                addChannel(second.map());
                send(Chat.bytes(" from over there"));
                waiting.add(outBufferSize());
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("hello");
        run.turn();
        second.poll(Duration.ofMillis(1));
        second.poll(Duration.ofMillis(1));
        assertThat(waiting).containsExactly(5, 5 + 16);
        assertThat(peer.receivedText()).isEqualTo("hello from over there");
        assertThat(sender.outBufferSize()).isZero();
        assertThat(run.loop.pendingOutput()).isZero();
        assertThat(second.pendingOutput()).isZero();
        peer.close();
        run.network.runUntil(second, sender.life::isOver);
        run.end();
    }

    /** A peer that takes nothing is found out in the other map, too; and so is one that does not end after us. */
    @Test
    void deadlinesMoveAlong() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(10));
        EventLoop second = twoLoops(run).get(1);
        List<Sender> senders = new ArrayList<>();
        run.serve(() -> {
            senders.add(new Sender());
            return senders.get(senders.size() - 1);
        });
        SimulatedPeer deaf = run.connect();
        deaf.stall();
        senders.get(0).send(new byte[100]);
        run.connect();
        senders.get(1).closeWhenDone();
        run.turn();
        senders.forEach(sender -> sender.addChannel(second.map()));
        Duration moved = run.now();
        run.network.runUntil(second, senders.get(1).life::isOver);
        assertThat(run.now().minus(moved)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(senders.get(1).closeReason()).isEqualTo(CloseReason.LOCAL);
        run.network.runUntil(second, senders.get(0).life::isOver);
        assertThat(run.now().minus(moved)).isEqualTo(ChannelOptions.DEFAULTS.writeStallTimeout());
        assertThat(senders.get(0).closeReason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        run.end();
    }

    /** Out of any map nothing is called; back in one, everything goes on. */
    @Test
    void outOfTheMap() {
        Simulation run = Simulation.calm();
        Echo echo = new Echo();
        run.serve(ChannelOptions.DEFAULTS.withIdleTimeout(Duration.ofSeconds(10)), () -> echo);
        SimulatedPeer peer = run.connect();
        int[] beats = {0};
        echo.callEvery(Duration.ofSeconds(1), () -> beats[0]++);
        echo.delChannel();
        peer.send("anybody?");
        run.run(Duration.ofMinutes(1));
        assertThat(echo.life.calls()).containsExactly(Call.CONNECT);
        assertThat(beats[0]).isZero();
        echo.addChannel(run.map);
        run.run(Duration.ofSeconds(5));
        assertThat(peer.receivedText()).isEqualTo("anybody?");
        assertThat(beats[0]).isPositive();
        run.run(Duration.ofSeconds(10));
        assertThat(echo.closeReason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
        run.end();
    }
}

package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import io.asyncore.transport.Transport;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A connection may be taken from its dispatcher and given to another one. */
class DetachTest {

    private static final class Echo extends Sender {
        @Override
        protected void received(ByteBuffer data) {
            send(data);
        }
    }

    /** Takes a byte, and leaves the rest to another one. */
    private static final class First extends Sender {

        private final Simulation run;
        private final Sender next;

        First(Simulation run, Sender next) {
            this.run = run;
            this.next = next;
        }

        @Override
        protected void handleRead() throws Exception {
            life.received(ByteBuffer.wrap(recv(1)));
            if (life.receivedCount() > 0) {
                run.loop.attach(next, detach(), ChannelOptions.DEFAULTS);
                assertThat(isClosed()).isTrue();
            }
        }
    }

    @Test
    void nothingIsLostOnTheWay() {
        Seeds.play(500, seed -> {
            Simulation run = Simulation.any(seed);
            Echo second = new Echo();
            First first = new First(run, second);
            run.serve(() -> first);
            SimulatedPeer peer = run.connect();
            byte[] said = run.randomBytes(1 + run.random.nextInt(200));
            peer.send(said);
            run.runUntil(() -> peer.receivedCount() == said.length - 1 && second.isConnected());
            assertThat(first.life.received()).containsExactly(said[0]);
            assertThat(second.life.received()).isEqualTo(Arrays.copyOfRange(said, 1, said.length));
            assertThat(second.life.chapters()).startsWith(Call.CONNECT);
            assertThat(first.life.chapters()).containsExactly(Call.CONNECT);
            assertThat(first.closeReason()).isEqualTo(CloseReason.LOCAL);
            assertThat(run.map.channels()).contains(second).doesNotContain(first);
            run.end();
        });
    }

    /** What it had queued would come too late, behind what the next one says. */
    @Test
    void outputThatWaitsIsDroppedAndTold() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(10));
        Sender first = new Sender();
        run.serve(() -> first);
        SimulatedPeer peer = run.connect();
        peer.stall();
        run.inCallback(first, () -> first.send(new byte[100]));
        Transport released = first.detach();
        assertThat(run.ledger.dropped(first)).isEqualTo(90);
        assertThat(released.isOpen()).isTrue();
        assertThat(run.map.size()).isEqualTo(1);
        run.turn();
        assertThat(first.life.chapters()).as("no end is told").containsExactly(Call.CONNECT);
        Sender second = new Sender(released, run.map);
        second.send(Chat.bytes("next"));
        peer.resume();
        run.runUntil(() -> peer.receivedCount() == 14);
        assertThat(peer.receivedText()).endsWith("next");
        run.end();
    }

    @Test
    void onlyWhatIsThere() {
        Simulation run = Simulation.calm();
        Sender unused = new Sender(run.map);
        assertThatIllegalStateException().isThrownBy(unused::detach).withMessageContaining("socket");
        Sender served = new Sender();
        run.serve(() -> served);
        run.connect();
        served.close();
        assertThatIllegalStateException().isThrownBy(served::detach).withMessageContaining("nothing to detach");
        run.end();
    }

    @Test
    void onlyOnce() {
        Simulation run = Simulation.calm();
        Sender served = new Sender();
        run.serve(() -> served);
        SimulatedPeer peer = run.connect();
        Transport released = served.detach();
        assertThatIllegalStateException().isThrownBy(served::detach);
        released.close();
        run.turn();
        assertThat(peer.hasEnded()).isTrue();
        run.end();
    }
}

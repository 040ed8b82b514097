package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Input that no poller can see: a transport that holds some, and a chat that has stopped parsing. */
class LocalReadinessTest {

    private static final class Reader extends Sender {
        private final Simulation run;

        Reader(Simulation run) {
            this.run = run;
        }

        @Override
        protected void received(ByteBuffer data) {
            assertThat(isReadingPaused()).as("read while paused").isFalse();
            if (run.random.nextInt(10) == 0) {
                pauseReading();
                callLater(run.randomTime(Duration.ofSeconds(1)), this::resumeReading);
            }
        }
    }

    @Test
    void everythingIsRead() {
        Seeds.play(2_000, seed -> {
            Simulation run = Simulation.any(seed);
            Reader reader = new Reader(run);
            int portion = 1 + run.random.nextInt(10);
            run.door(socket -> run.loop.attach(reader, new Hoard(socket, portion), ChannelOptions.DEFAULTS));
            SimulatedPeer peer = run.connect();
            byte[] said = run.randomBytes(run.random.nextInt(200));
            peer.send(said);
            if (run.random.nextBoolean()) {
                peer.shutdownOutput();
            } else {
                run.runUntil(() -> peer.unsent() == 0);
                peer.reset();
            }
            run.runUntil(reader.life::isOver);
            assertThat(reader.life.received()).isEqualTo(said);
            run.end();
        });
    }

    @Test
    void nobodyWaitsWhileThereIsSome() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender();
        run.door(socket -> run.loop.attach(sender, new Hoard(socket, 1), ChannelOptions.DEFAULTS));
        SimulatedPeer peer = run.connect();
        peer.send(new byte[20]);
        Duration sent = run.now();
        for (int i = 1; i <= 20; i++) {
            run.loop.poll(Duration.ofSeconds(1));
            assertThat(sender.life.receivedCount()).isEqualTo(i);
        }
        assertThat(run.now()).isEqualTo(sent);
        run.end();
    }

    /** Behind a closed gate it keeps nobody awake, and it is there when the gate opens. */
    @Test
    void aClosedGateKeepsItQuiet() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) {
                pauseReading();
                callLater(Duration.ofSeconds(10), this::resumeReading);
            }
        };
        run.door(socket -> run.loop.attach(sender, new Hoard(socket, 4), ChannelOptions.DEFAULTS));
        SimulatedPeer peer = run.connect();
        peer.send(new byte[20]);
        run.turn();
        long turns = run.ledger.turns();
        run.run(Duration.ofSeconds(45));
        assertThat(sender.life.receivedCount()).isEqualTo(20);
        assertThat(run.ledger.turns() - turns).as("turns").isLessThan(15);
        run.end();
    }

    /** What is held is not forgotten when the channel closes in good order. */
    @Test
    void whileClosing() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) {
                send(new byte[10]);
                closeWhenDone();
            }
        };
        run.door(socket -> run.loop.attach(sender, new Hoard(socket, 4), ChannelOptions.DEFAULTS));
        SimulatedPeer peer = run.connect();
        peer.send(new byte[100]);
        peer.shutdownOutput();
        run.runUntil(sender.life::isOver);
        assertThat(run.now()).as("the peer's end was found").isEqualTo(Duration.ZERO);
        assertThat(peer.receivedCount()).isEqualTo(10);
        run.end();
    }

    /** Frames that a chat has left over, and then the end: in this order, also if it arrived long before. */
    @Test
    void aChatsRestComesBeforeTheEnd() {
        Simulation run = Simulation.calm();
        Chat chat = new Chat() {
            @Override
            protected void frame(String frame) {
                pauseReading();
                callLater(Duration.ofSeconds(10), this::resumeReading);
            }
        };
        chat.setTerminator(";");
        run.serve(() -> chat);
        SimulatedPeer peer = run.connect();
        peer.send("a;b;c;");
        peer.close();
        run.turn();
        long turns = run.ledger.turns();
        run.runUntil(chat.life::isOver);
        assertThat(chat.frames).containsExactly("a", "b", "c");
        assertThat(run.now()).isEqualTo(Duration.ofSeconds(30));
        assertThat(run.ledger.turns() - turns).as("turns").isLessThan(400);
        assertThat(chat.closeReason()).isEqualTo(CloseReason.PEER);
        assertThat(chat.life.chapters()).containsExactly(Call.CONNECT, Call.READ, Call.EOF, Call.CLOSE);
        run.end();
    }
}

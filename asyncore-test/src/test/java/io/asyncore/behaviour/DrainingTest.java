package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedListener;
import io.asyncore.test.SimulatedPeer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A loop that is going to stop: what was asked is answered, and then the channels close by themselves. */
class DrainingTest {

    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Answers each frame in capitals, at once or after a while. */
    private static class Answering extends Chat {
        final Simulation run;
        Duration thinking = Duration.ZERO;
        final List<Duration> graces = new ArrayList<>();

        Answering(Simulation run) {
            this.run = run;
            setTerminator("\r\n");
        }

        @Override
        protected void frame(String frame) {
            if (thinking.isZero()) {
                answer(frame);
            } else {
                pauseReading();
                callLater(thinking, () -> {
                    answer(frame);
                    resumeReading();
                });
            }
        }

        private void answer(String frame) {
            push(frame.toUpperCase(Locale.ROOT) + "\r\n");
        }

        @Override
        protected void handleDrain(Duration grace) throws Exception {
            assertThat(life.calls()).contains(Call.CONNECT);
            graces.add(grace);
            super.handleDrain(grace);
        }
    }

    private static void drain(Simulation run) {
        run.loop.execute(() -> run.loop.drain(GRACE));
    }

    @Test
    void whoIsIdleClosesAtOnce() {
        Simulation run = Simulation.calm();
        Answering chat = new Answering(run);
        run.serve(() -> chat);
        SimulatedPeer peer = run.connect();
        peer.send("hello\r\n");
        run.run(SECOND);
        drain(run);
        Duration asked = run.now();
        run.turn();
        run.turn();
        assertThat(peer.hasEnded()).isTrue();
        peer.shutdownOutput();
        run.runUntil(chat.life::isOver);
        assertThat(run.now()).isEqualTo(asked);
        assertThat(chat.graces).containsExactly(GRACE);
        assertThat(chat.closeReason()).isEqualTo(CloseReason.LOCAL);
        assertThat(peer.receivedText()).isEqualTo("HELLO\r\n");
        run.end();
    }

    /** What had arrived when it began is answered, however slowly and in whatever pieces it is read. */
    @Test
    void whatWasAskedBeforeIsAnswered() {
        Seeds.play(2_000, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.random(seed).withMaxLatency(Duration.ZERO));
            Answering chat = new Answering(run);
            chat.thinking = run.random.nextBoolean() ? Duration.ZERO : run.randomTime(SECOND);
            ChannelOptions options = run.random.nextBoolean()
                    ? ChannelOptions.DEFAULTS
                    : ChannelOptions.DEFAULTS.withWaterMarks(0, 1, 1_000);
            run.serve(options, () -> chat);
            SimulatedPeer peer = run.connect();
            StringBuilder expected = new StringBuilder();
            for (int i = run.random.nextInt(4); i > 0; i--) {
                peer.send("question " + i + "\r\n");
                expected.append("QUESTION ").append(i).append("\r\n");
                if (run.random.nextInt(3) == 0) {
                    run.run(run.randomTime(Duration.ofMillis(1)));
                }
            }
            boolean allArrived = peer.unsent() == 0;
            drain(run);
            run.network.after(Duration.ofSeconds(9), peer::shutdownOutput);
            run.runUntil(chat.life::isOver);
            if (allArrived) {
                assertThat(peer.receivedText()).isEqualTo(expected.toString());
            } else {
                assertThat(expected.toString()).startsWith(peer.receivedText());
            }
            assertThat(chat.closeReason()).isEqualTo(CloseReason.LOCAL);
            run.end();
        });
    }

    /** The rest of what is half received is waited for, without looking all the time. */
    @Test
    void halfALine() {
        Simulation run = Simulation.calm();
        Answering chat = new Answering(run);
        run.serve(() -> chat);
        SimulatedPeer peer = run.connect();
        peer.send("hello\r");
        run.run(SECOND);
        drain(run);
        run.turn();
        long turns = run.ledger.turns();
        run.run(SECOND.multipliedBy(10));
        assertThat(run.ledger.turns() - turns).isLessThan(5);
        assertThat(chat.isConnected()).isTrue();
        peer.send("\n");
        run.run(Duration.ofNanos(1));
        assertThat(peer.receivedText()).isEqualTo("HELLO\r\n");
        assertThat(peer.hasEnded()).isTrue();
        run.end();
    }

    /** Reading is paused while the answer is being made: that is no idleness. */
    @Test
    void aSlowAnswer() {
        Simulation run = Simulation.calm();
        Answering chat = new Answering(run);
        chat.thinking = SECOND.multipliedBy(5);
        run.serve(() -> chat);
        SimulatedPeer peer = run.connect();
        peer.send("one\r\ntwo\r\n");
        run.run(SECOND);
        drain(run);
        run.run(SECOND);
        peer.shutdownOutput();
        run.runUntil(chat.life::isOver);
        assertThat(peer.receivedText()).isEqualTo("ONE\r\nTWO\r\n");
        assertThat(run.now()).isEqualTo(SECOND.multipliedBy(10));
        run.end();
    }

    /** Whose output is above the mark is not read: what may be behind it is read first. */
    @Test
    void behindBackPressure() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(20));
        Answering chat = new Answering(run);
        run.serve(ChannelOptions.DEFAULTS.withWaterMarks(0, 1, 1_000), () -> chat);
        SimulatedPeer peer = run.connect();
        peer.stall();
        peer.send("first question\r\n");
        run.turn();
        peer.send("and second\r\n");
        run.turn();
        peer.send("third\r\n");
        drain(run);
        run.run(SECOND);
        assertThat(chat.life.isOver()).isFalse();
        peer.resume();
        peer.shutdownOutput();
        run.runUntil(chat.life::isOver);
        assertThat(peer.receivedText()).isEqualTo("FIRST QUESTION\r\nAND SECOND\r\nTHIRD\r\n");
        run.end();
    }

    @Test
    void whoComesLaterIsToldToo() {
        Simulation run = Simulation.calm();
        Answering chat = new Answering(run);
        run.serve(() -> chat);
        drain(run);
        run.run(SECOND);
        SimulatedPeer peer = run.network.connect(Simulation.PLACE);
        peer.send("hello\r\n");
        peer.shutdownOutput();
        run.runUntil(chat.life::isOver);
        assertThat(chat.graces).containsExactly(GRACE.minus(SECOND));
        assertThat(peer.receivedText()).isEqualTo("HELLO\r\n");
        run.end();
    }

    @Test
    void eachIsToldOnce() {
        Simulation run = Simulation.calm();
        Answering chat = new Answering(run);
        run.serve(() -> chat);
        SimulatedPeer peer = run.connect();
        peer.send("half");
        run.turn();
        drain(run);
        run.turn();
        drain(run);
        run.run(SECOND);
        assertThat(chat.graces).containsExactly(GRACE);
        run.end();
    }

    /** It may say more than goodbye. */
    @Test
    void goodbye() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void handleDrain(Duration grace) throws Exception {
                send("421 bye\r\n".getBytes(StandardCharsets.US_ASCII));
                super.handleDrain(grace);
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        drain(run);
        run.run(Duration.ofNanos(1));
        assertThat(peer.receivedText()).isEqualTo("421 bye\r\n");
        assertThat(peer.hasEnded()).isTrue();
        run.end();
    }

    /** A handler that is told and fails is closed as by any failure. */
    @Test
    void aHandlerThatThrows() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void handleDrain(Duration grace) {
                throw new IllegalStateException("on purpose");
            }
        };
        run.serve(() -> sender);
        run.connect();
        drain(run);
        run.turn();
        assertThat(sender.closeReason()).isEqualTo(CloseReason.ERROR);
        run.end();
    }

    /** They end by themselves, or when the loop does. */
    @Test
    void othersStay() throws Exception {
        Simulation run = Simulation.calm();
        Plain plain = new Plain();
        Plain door = run.serve(() -> plain);
        SimulatedPeer peer = run.connect();
        SimulatedListener elsewhere = run.network.listen(new InetSocketAddress("10.0.0.9", 1));
        Sender caller = new Sender(run.map);
        caller.createSocket();
        caller.connect(elsewhere.address());
        drain(run);
        run.run(SECOND);
        assertThat(door.isAccepting()).isTrue();
        assertThat(plain.isConnected()).isTrue();
        assertThat(caller.isConnected()).isTrue();
        peer.send("still heard");
        run.turn();
        assertThat(plain.life.receivedCount()).isEqualTo(11);
        run.end();
    }

    /** The peer has ended its side, and the handler answers what it was asked. */
    @Test
    void afterTheEndOfInput() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) {
                if (!data.hasRemaining()) {
                    return;
                }
                pauseReading();
                callLater(SECOND.multipliedBy(3), () -> {
                    send(new byte[7]);
                    resumeReading();
                });
            }

            @Override
            protected void handleEof() {}
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("x");
        peer.shutdownOutput();
        run.turn();
        drain(run);
        run.runUntil(sender.life::isOver);
        assertThat(peer.receivedCount()).isEqualTo(7);
        assertThat(run.now()).isEqualTo(SECOND.multipliedBy(3));
        run.end();
    }

    /** Who is in no map is left alone. */
    @Test
    void inAnotherMapItIsNotDrained() {
        Simulation run = Simulation.calm();
        Answering chat = new Answering(run);
        run.serve(() -> chat);
        SimulatedPeer peer = run.connect();
        peer.send("half");
        run.turn();
        drain(run);
        run.turn();
        run.map.remove(chat);
        peer.send(" a line\r\n");
        run.run(SECOND);
        assertThat(chat.isConnected()).isTrue();
        run.map.add(chat);
        run.run(SECOND);
        assertThat(peer.receivedText()).isEqualTo("HALF A LINE\r\n");
        assertThat(peer.hasEnded()).isTrue();
        run.end();
    }
}

package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.Timeout;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.chat.Terminator;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message must be whole in time, counted from its first byte, to the nanosecond. */
class MessageTimeoutTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ChannelOptions TIMED = ChannelOptions.DEFAULTS.withMessageTimeout(TIMEOUT);

    /** Remembers when its current frame began. */
    private static class TimedChat extends Chat {
        final Simulation run;
        Duration begun = Duration.ZERO;
        private boolean between = true;

        TimedChat(Simulation run, String terminator) {
            this.run = run;
            setTerminator(terminator);
        }

        @Override
        protected void collectIncomingData(ByteBuffer data) throws Exception {
            begun = between ? run.now() : begun;
            between = false;
            super.collectIncomingData(data);
        }

        @Override
        protected void frame(String frame) throws Exception {
            between = true;
        }

        final void pause() {
            pauseReading();
        }

        final void resume() {
            resumeReading();
        }
    }

    private static TimedChat serve(Simulation run, String terminator) {
        TimedChat chat = new TimedChat(run, terminator);
        run.serve(TIMED, () -> chat);
        return chat;
    }

    @Test
    void aDripDoesNotExtendIt() {
        Simulation run = Simulation.calm();
        TimedChat chat = serve(run, ";");
        SimulatedPeer peer = run.connect();
        run.run(TIMEOUT.multipliedBy(2));
        for (int i = 0; i < 3; i++) {
            peer.send("whole;");
            run.run(SECOND);
        }
        peer.send("x");
        run.turn();
        Duration begun = run.now();
        while (!chat.life.isOver()) {
            peer.send("x");
            run.run(SECOND);
        }
        assertThat(run.now().minus(begun)).isEqualTo(TIMEOUT);
        assertThat(chat.closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
        assertThat(chat.life.count(Call.TIMEOUT)).isOne();
        run.end();
    }

    /** Frames of any length at any times: whoever is too slow hears of it in time, and nobody else. */
    @Test
    void anyFramesAtAnyTime() {
        Seeds.play(1_500, seed -> {
            Simulation run = Simulation.any(seed);
            TimedChat chat = serve(run, ";");
            SimulatedPeer peer = run.connect();
            for (int i = 0; i < 30 && !chat.life.isOver(); i++) {
                peer.send(run.random.nextInt(4) == 0 ? ";" : "xx;xx".substring(run.random.nextInt(5)));
                run.run(run.randomTime(SECOND.multipliedBy(12)));
                assertThat(chat.life.isOver()
                                || chat.between
                                || run.now().minus(chat.begun).compareTo(TIMEOUT) < 0)
                        .as("a frame that began at %s goes on at %s", chat.begun, run.now())
                        .isTrue();
            }
            if (chat.life.isOver()) {
                assertThat(chat.closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
                assertThat(chat.between).isFalse();
            }
            run.end();
        });
    }

    /** What may be the beginning of a terminator is the beginning of a message, too. */
    @Test
    void alsoIfNothingWasCollectedYet() {
        Simulation run = Simulation.calm();
        TimedChat chat = serve(run, "\r\n");
        SimulatedPeer peer = run.connect();
        peer.send("\r");
        run.turn();
        run.run(TIMEOUT.minusNanos(1));
        assertThat(chat.life.isOver()).isFalse();
        run.run(Duration.ofNanos(1));
        assertThat(chat.closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
        run.end();
    }

    @Test
    void aFrameOfWhichTheRestIsSkipped() {
        Simulation run = Simulation.calm();
        TimedChat chat = new TimedChat(run, ";") {
            @Override
            protected void handleFrameTooLong() {}
        };
        run.serve(TIMED.withMaxFrameLength(3), () -> chat);
        SimulatedPeer peer = run.connect();
        peer.send("too long");
        run.turn();
        run.run(TIMEOUT);
        assertThat(chat.closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
        run.end();
    }

    @Test
    void withoutATerminatorThereAreNoMessages() {
        Simulation run = Simulation.calm();
        TimedChat chat = serve(run, ";");
        SimulatedPeer peer = run.connect();
        peer.send("begun");
        run.run(SECOND);
        chat.setTerminator(Terminator.none());
        run.run(TIMEOUT.multipliedBy(2));
        peer.send("more");
        run.run(TIMEOUT.multipliedBy(2));
        assertThat(chat.life.has(Call.TIMEOUT)).isFalse();
        run.end();
    }

    @Test
    void whatIsDiscardedIsWaitedForNoMore() {
        Simulation run = Simulation.calm();
        TimedChat chat = serve(run, ";");
        SimulatedPeer peer = run.connect();
        peer.send("begun");
        run.run(SECOND);
        chat.discardBuffers();
        run.run(TIMEOUT.multipliedBy(2));
        assertThat(chat.life.has(Call.TIMEOUT)).isFalse();
        run.end();
    }

    @Test
    void whoStaysHasTheFullTimeAgain() {
        Simulation run = Simulation.calm();
        List<Duration> asked = new ArrayList<>();
        TimedChat chat = new TimedChat(run, ";") {
            @Override
            protected void handleTimeout(Timeout timeout) throws Exception {
                assertThat(timeout).isEqualTo(Timeout.MESSAGE);
                asked.add(run.now().minus(begun));
                if (asked.size() == 2) {
                    super.handleTimeout(timeout);
                }
            }
        };
        run.serve(TIMED, () -> chat);
        run.connect().send("x");
        run.runUntil(chat.life::isOver);
        assertThat(asked).containsExactly(TIMEOUT, TIMEOUT.multipliedBy(2));
        run.end();
    }

    /** The time in which we do not read is not the peer's. */
    @Test
    void ourOwnGate() {
        Simulation run = Simulation.calm();
        TimedChat chat = serve(run, ";");
        SimulatedPeer peer = run.connect();
        peer.send("begun");
        run.run(SECOND);
        chat.pause();
        run.run(TIMEOUT.multipliedBy(5));
        assertThat(chat.life.has(Call.TIMEOUT)).isFalse();
        chat.resume();
        Duration resumed = run.now();
        run.runUntil(chat.life::isOver);
        assertThat(run.now().minus(resumed)).isEqualTo(TIMEOUT);
        run.end();
    }

    @Test
    void backPressureIsAGateToo() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(10));
        TimedChat chat = new TimedChat(run, ";");
        run.serve(TIMED.withWaterMarks(20, 50, 200).withWriteStallTimeout(Duration.ofHours(1)), () -> chat);
        SimulatedPeer peer = run.connect();
        peer.stall();
        peer.send("begun");
        run.run(SECOND);
        chat.push(new byte[100]);
        run.run(TIMEOUT.multipliedBy(3));
        assertThat(chat.life.has(Call.TIMEOUT)).isFalse();
        peer.resume();
        peer.send(";");
        run.run(TIMEOUT.multipliedBy(3));
        assertThat(chat.frames).containsExactly("begun");
        assertThat(chat.life.has(Call.TIMEOUT)).isFalse();
        run.end();
    }

    /** The process was stopped, and the rest of the message came meanwhile, in more pieces than one. */
    @Test
    void inputThatWaitsCountsBeforeTheDeadlineIsJudged() {
        Seeds.play(1_000, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.CALM.withMaxSegment(2));
            TimedChat chat = serve(run, ";");
            SimulatedPeer peer = run.connect();
            peer.send("x");
            run.turn();
            boolean completed = run.random.nextBoolean();
            run.network.setConditions(run.network.conditions().withMaxSegment(Integer.MAX_VALUE));
            peer.send("x".repeat(run.random.nextInt(40)) + (completed ? ";" : ""));
            run.network.setConditions(run.network.conditions().withMaxSegment(2).withFickle(run.random.nextBoolean()));
            run.network.clock().advance(TIMEOUT.multipliedBy(3));
            run.run(SECOND);
            assertThat(chat.life.has(Call.TIMEOUT)).isEqualTo(!completed);
            run.end();
        });
    }

    /** One byte in each turn of a loop that is slow: it is a drip all the same. */
    @Test
    void aDripIntoASlowLoop() {
        Simulation run = Simulation.calm();
        TimedChat chat = serve(run, ";");
        SimulatedPeer peer = run.connect();
        peer.send("x");
        run.turn();
        Duration begun = run.now();
        while (!chat.life.isOver()) {
            peer.send("x");
            run.network.clock().advance(Duration.ofMillis(10));
            run.turn();
        }
        assertThat(run.now().minus(begun)).isBetween(TIMEOUT, TIMEOUT.plus(SECOND));
        run.end();
    }

    @Test
    void newOptions() {
        Simulation run = Simulation.calm();
        TimedChat chat = serve(run, ";");
        run.connect().send("x");
        run.run(SECOND);
        chat.setOptions(TIMED.withMessageTimeout(SECOND.multipliedBy(5)));
        run.run(SECOND.multipliedBy(5).minusNanos(1));
        assertThat(chat.life.isOver()).isFalse();
        run.run(Duration.ofNanos(1));
        assertThat(chat.closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
        run.end();
    }

    @Test
    void inAnotherMap() {
        Simulation run = Simulation.calm();
        TimedChat chat = serve(run, ";");
        run.connect().send("x");
        run.run(SECOND);
        run.map.remove(chat);
        run.run(TIMEOUT.multipliedBy(2));
        assertThat(chat.isClosed()).isFalse();
        run.map.add(chat);
        Duration back = run.now();
        run.runUntil(chat.life::isOver);
        assertThat(run.now().minus(back)).isEqualTo(TIMEOUT);
        run.end();
    }
}

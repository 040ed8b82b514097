package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.chat.LineChat;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Off-loop work on the simulated network, where it takes as long as the seed says. */
class OffloadTest {

    private static final Duration IDLE = Duration.ofSeconds(60);

    /** Looks up every line, as a handler does that asks a database. */
    private static final class Clerk extends LineChat {

        private final Executor executor;
        private final List<String> begun = new ArrayList<>();
        private int underWay;

        Clerk(Executor executor) {
            this.executor = executor;
            setIgnoreLogTypes(Set.of("error"));
        }

        @Override
        protected void handleLine(String line) {
            assertThat(underWay).as("work under way when %s is parsed", line).isZero();
            begun.add(line);
            underWay++;
            offload(
                    executor,
                    () -> {
                        if (line.startsWith("bad")) {
                            throw new IllegalArgumentException(line);
                        }
                        return "found " + line;
                    },
                    this::answer,
                    failure -> answer("no " + failure.getMessage()));
        }

        private void answer(String text) {
            underWay--;
            pushLine(text);
        }

        @Override
        protected void handleEof() {
            closeWhenDone();
        }
    }

    private static Executor takingUpTo(Duration longest, Simulation run) {
        return work -> run.network.after(run.randomTime(longest), work);
    }

    @Test
    void answersKeepTheOrderOfTheLines() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            Clerk clerk = new Clerk(takingUpTo(Duration.ofSeconds(2), run));
            run.serve(() -> clerk);
            SimulatedPeer peer = run.connect();
            StringBuilder expected = new StringBuilder();
            for (int i = run.random.nextInt(20); i > 0; i--) {
                boolean good = run.random.nextBoolean();
                String line = (good ? "" : "bad ") + i;
                expected.append(good ? "found " : "no ").append(line).append("\r\n");
                peer.send(line + "\n");
                if (run.random.nextBoolean()) {
                    run.run(run.randomTime(Duration.ofSeconds(1)));
                }
            }
            peer.shutdownOutput();
            run.runUntil(peer::hasEnded);
            assertThat(peer.receivedText()).isEqualTo(expected.toString());
            run.runUntil(clerk::isClosed);
            run.end();
        });
    }

    /** Whoever ends it and whenever: nothing comes back to a closed channel, and nothing else goes wrong. */
    @Test
    void connectionsMayEndAtAnyTime() {
        Seeds.play(2_000, seed -> {
            Simulation run = Simulation.any(seed);
            Clerk clerk = new Clerk(takingUpTo(Duration.ofSeconds(2), run));
            run.serve(() -> clerk);
            SimulatedPeer peer = run.connect();
            for (int i = 0; i < 10; i++) {
                peer.send(i + "\n");
            }
            Runnable end = switch (run.random.nextInt(4)) {
                case 0 -> peer::reset;
                case 1 -> peer::close;
                case 2 -> clerk::close;
                default -> clerk::closeWhenDone;
            };
            run.network.after(run.randomTime(Duration.ofSeconds(10)), end);
            run.runUntil(clerk::isClosed);
            int answered = clerk.begun.size() - clerk.underWay;
            run.run(Duration.ofSeconds(10));
            assertThat(clerk.begun.size() - clerk.underWay).isEqualTo(answered);
            assertThat(run.loop.offloadsUnderWay()).isZero();
            run.end();
        });
    }

    /** The peer waits for us, and still: nobody else would notice that it is gone. */
    @Test
    void workThatTakesLongerThanTheIdleTimeEndsTheChannel() {
        Simulation run = Simulation.calm();
        Clerk clerk = new Clerk(work -> run.network.after(IDLE.plusSeconds(1), work));
        run.serve(ChannelOptions.DEFAULTS.withIdleTimeout(IDLE), () -> clerk);
        run.connect().send("slow\n");
        run.runUntil(clerk::isClosed);
        assertThat(clerk.closeReason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
        run.run(Duration.ofSeconds(5));
        assertThat(clerk.underWay).as("not answered").isEqualTo(1);
        run.end();
    }

    @Test
    void theIdleTimeCountsAnewFromTheResult() {
        Simulation run = new Simulation(1, NetworkConditions.CALM);
        Duration[] answered = new Duration[1];
        Clerk clerk = new Clerk(work -> run.network.after(IDLE.minusSeconds(1), () -> {
            answered[0] = run.now();
            work.run();
        }));
        run.serve(ChannelOptions.DEFAULTS.withIdleTimeout(IDLE), () -> clerk);
        run.connect().send("slow\n");
        run.runUntil(clerk::isClosed);
        assertThat(clerk.underWay).as("answered").isZero();
        assertThat(clerk.closeReason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
        assertThat(run.now().minus(answered[0])).isEqualTo(IDLE);
        run.end();
    }
}

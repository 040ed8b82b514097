package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every byte comes back, in order, however the network cuts and delays it. */
class EchoTest {

    /** Sends back what it gets, and ends when the peer has ended and everything is out. */
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

    private record Talk(SimulatedPeer peer, byte[] said) {}

    @Test
    void everyByteInOrder() {
        Seeds.play(2_000, seed -> {
            Simulation run = Simulation.any(seed);
            List<Echo> echoes = new ArrayList<>();
            run.serve(() -> {
                Echo echo = new Echo();
                echoes.add(echo);
                return echo;
            });
            List<Talk> talks = new ArrayList<>();
            for (int i = 1 + run.random.nextInt(3); i > 0; i--) {
                talks.add(talk(run));
            }
            run.runUntil(() -> talks.stream().allMatch(talk -> talk.peer().hasEnded()));
            for (Talk talk : talks) {
                assertThat(talk.peer().isReset()).as("reset").isFalse();
                assertThat(talk.peer().received()).as("echo").isEqualTo(talk.said());
            }
            run.runUntil(() -> run.map.size() == 1);
            for (Echo echo : echoes) {
                assertThat(echo.closeReason()).isEqualTo(CloseReason.LOCAL);
                assertThat(echo.life.count(Call.EOF)).isOne();
                assertThat(echo.life.calls()).startsWith(Call.CONNECT).endsWith(Call.CLOSE);
                assertThat(run.ledger.dropped(echo)).isZero();
            }
            run.end();
        });
    }

    /** Says something in pieces, stalls and resumes at times, and ends its output. */
    private static Talk talk(Simulation run) {
        SimulatedPeer peer = run.network.connect(Simulation.PLACE);
        byte[] said = run.randomBytes(run.random.nextInt(amount(run.network.conditions())));
        int from = 0;
        Duration when = Duration.ZERO;
        while (from < said.length) {
            byte[] piece = Arrays.copyOfRange(said, from, from + 1 + run.random.nextInt(said.length - from));
            when = when.plus(run.randomTime(Duration.ofMillis(100)));
            run.network.after(when, () -> peer.send(piece));
            from += piece.length;
        }
        run.network.after(when.plusNanos(1), peer::shutdownOutput);
        for (int stalls = run.random.nextInt(4); stalls > 0; stalls--) {
            run.network.after(run.randomTime(when), peer::stall);
        }
        run.network.after(when.plus(run.randomTime(Duration.ofSeconds(20))), peer::resume);
        return new Talk(peer, said);
    }

    /** As much as passes in reasonable time. */
    private static int amount(NetworkConditions conditions) {
        return Math.min(200_000, 100 + 50 * Math.min(6_000, Math.min(conditions.window(), conditions.maxSegment())));
    }
}

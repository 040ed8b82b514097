package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Urgent data, which NIO has no event for. */
class UrgentTest {

    @Test
    void handleExpt() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            Sender sender = new Sender();
            run.serve(() -> sender);
            SimulatedPeer peer = run.connect();
            int urgent = run.random.nextInt(5);
            for (int i = 0; i < urgent; i++) {
                run.network.after(run.randomTime(Duration.ofMillis(50)), peer::sendUrgent);
            }
            byte[] said = run.randomBytes(run.random.nextInt(50));
            run.network.after(run.randomTime(Duration.ofMillis(50)), () -> peer.send(said));
            run.run(Duration.ofSeconds(10));
            assertThat(sender.life.count(Call.EXPT)).isEqualTo(urgent);
            assertThat(sender.life.received()).isEqualTo(said);
            run.end();
        });
    }

    @Test
    void notWhileReadingIsPaused() {
        Simulation run = Simulation.calm();
        class Paused extends Sender {
            @Override
            protected void handleConnect() throws Exception {
                super.handleConnect();
                pauseReading();
                callLater(Duration.ofSeconds(5), this::resumeReading);
            }
        }
        Paused sender = new Paused();
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.sendUrgent();
        run.run(Duration.ofSeconds(4));
        assertThat(sender.life.has(Call.EXPT)).isFalse();
        run.run(Duration.ofSeconds(1));
        run.turn();
        assertThat(sender.life.count(Call.EXPT)).isOne();
        run.end();
    }
}

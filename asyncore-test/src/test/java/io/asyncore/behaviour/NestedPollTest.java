package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A handler may poll: what it has in its hands stays as it is, and nothing gets out of order. */
class NestedPollTest {

    /** Polls before it looks at what it has received. */
    private static final class Nesting extends Sender {
        private final Simulation run;
        private int depth;

        Nesting(Simulation run) {
            this.run = run;
        }

        @Override
        protected void handleRead() throws Exception {
            life.note(Life.Call.READ, this);
            ByteBuffer data = recv();
            byte[] before = new byte[data.remaining()];
            data.duplicate().get(before);
            life.received(data);
            if (depth < 3 && run.random.nextInt(3) == 0) {
                depth++;
                run.loop.poll(run.randomTime(Duration.ofMillis(10)));
                depth--;
            }
            byte[] after = new byte[data.remaining()];
            data.get(after);
            assertThat(after).as("the buffer after a nested poll").isEqualTo(before);
        }
    }

    @Test
    void theBufferInHandStaysAsItIs() {
        Seeds.play(1_000, seed -> {
            Simulation run = Simulation.any(seed);
            List<Nesting> channels = new ArrayList<>();
            run.serve(() -> {
                channels.add(new Nesting(run));
                return channels.get(channels.size() - 1);
            });
            byte[][] said = new byte[3][];
            for (int i = 0; i < said.length; i++) {
                said[i] = run.randomBytes(run.random.nextInt(100));
                SimulatedPeer peer = run.connect();
                peer.send(said[i]);
                peer.close();
            }
            run.runUntil(() -> channels.stream().allMatch(channel -> channel.life.isOver()));
            for (int i = 0; i < said.length; i++) {
                assertThat(channels.get(i).life.received())
                        .as("%s %s", channels.get(i).life, channels.get(i).closeReason())
                        .isEqualTo(said[i]);
            }
            run.end();
        });
    }

    /** A chat that polls while it collects and when it has found a terminator. */
    private static final class NestingChat extends Chat {
        private final Simulation run;
        private int depth;

        NestingChat(Simulation run) {
            this.run = run;
            setTerminator("::");
        }

        private void maybePoll() {
            if (depth < 3 && run.random.nextInt(4) == 0) {
                depth++;
                run.loop.poll(run.randomTime(Duration.ofMillis(10)));
                depth--;
            }
        }

        @Override
        protected void collectIncomingData(ByteBuffer data) throws Exception {
            if (run.random.nextBoolean()) {
                maybePoll();
                super.collectIncomingData(data);
            } else {
                super.collectIncomingData(data);
                maybePoll();
            }
        }

        @Override
        protected void frame(String frame) {
            maybePoll();
        }
    }

    @Test
    void framesStayInOrderAndComplete() {
        Seeds.play(2_000, seed -> {
            Simulation run = Simulation.any(seed);
            NestingChat chat = new NestingChat(run);
            run.serve(() -> chat);
            SimulatedPeer peer = run.connect();
            List<String> expected = new ArrayList<>();
            for (int i = run.random.nextInt(15); i > 0; i--) {
                String frame = "frame " + i + ":".repeat(run.random.nextInt(2)) + "!";
                expected.add(frame);
                run.network.after(
                        run.randomTime(Duration.ofMillis(1)).plusMillis(20 - i), () -> peer.send(frame + "::"));
            }
            run.network.after(Duration.ofMillis(20), peer::close);
            run.runUntil(chat.life::isOver);
            assertThat(chat.frames).as("%s %s", chat.life, chat.closeReason()).isEqualTo(expected);
            run.end();
        });
    }
}

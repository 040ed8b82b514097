package io.asyncore.behaviour;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.chat.Producer;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Producers that do more than produce. */
class ProducerTest {

    private static final int PIECES = 20;

    private static final class Handler extends Chat {
        private final Simulation run;
        private int asked;

        Handler(Simulation run) {
            this.run = run;
        }

        void produce(Producer producer) {
            run.inCallback(this, () -> pushWithProducer(producer));
        }

        Producer closing() {
            return () -> {
                asked++;
                close();
                return bytes("secret");
            };
        }

        Producer discarding() {
            return () -> {
                asked++;
                discardBuffers();
                return bytes("secret");
            };
        }

        Producer polling() {
            return () -> {
                int number = asked++;
                run.loop.poll(Duration.ofMillis(1));
                return number >= PIECES ? null : bytes(number + ";");
            };
        }
    }

    /** What it returns after all was over must go to nobody, least of all to another channel's peer. */
    @Test
    void aProducerThatClosesItsChannel() {
        Simulation run = Simulation.calm();
        run.serve(() -> new Handler(run));
        run.connect();
        Handler closing = newest(run);
        SimulatedPeer other = run.connect();
        Handler bystander = newest(run);
        closing.produce(closing.closing());
        assertThat(closing.asked).isOne();
        assertThat(closing.isClosed()).isTrue();
        bystander.push("hello");
        run.turn();
        run.turn();
        assertThat(other.receivedText()).isEqualTo("hello");
        run.end();
    }

    @Test
    void aProducerThatDiscardsBuffers() {
        Simulation run = Simulation.calm();
        run.serve(() -> new Handler(run));
        run.connect();
        Handler discarding = newest(run);
        SimulatedPeer other = run.connect();
        Handler bystander = newest(run);
        discarding.produce(discarding.discarding());
        bystander.push("hello");
        run.turn();
        run.turn();
        assertThat(other.receivedText()).isEqualTo("hello");
        assertThat(discarding.outBufferSize()).isZero();
        run.end();
    }

    /** While it is asked it is not asked again, though its channel can be written to. */
    @Test
    void aProducerThatPolls() {
        String expected = IntStream.range(0, PIECES).mapToObj(i -> i + ";").collect(joining()) + "end";
        Seeds.play(500, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.random(seed).withWindow(1 + (int) (seed % 10)));
            run.serve(() -> new Handler(run));
            SimulatedPeer peer = run.connect();
            Handler handler = newest(run);
            handler.produce(handler.polling());
            handler.push("end");
            run.runUntil(() -> peer.receivedText().endsWith("end"));
            assertThat(peer.receivedText()).isEqualTo(expected);
            assertThat(handler.asked).isEqualTo(PIECES + 1);
            run.end();
        });
    }

    /** Not only exceptions end a producer. */
    @Test
    void aProducerThatFailsWithAnError() {
        Simulation run = new Simulation(1, NetworkConditions.CALM);
        int[] asked = {0};
        Chat chat = new Chat() {
            @Override
            protected void handleError(Throwable error) {
                assertThat(error).isInstanceOf(StackOverflowError.class);
            }
        };
        run.serve(() -> chat);
        SimulatedPeer peer = run.connect();
        run.inCallback(chat, () -> {
            chat.push("a");
            chat.pushWithProducer(() -> {
                asked[0]++;
                throw new StackOverflowError();
            });
            chat.push("b");
        });
        run.runUntil(() -> peer.receivedText().equals("ab"));
        assertThat(asked[0]).isOne();
        run.end();
    }

    /** Asked only while less than the high mark waits. */
    @Test
    void notAskedForMoreThanThePeerTakes() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(100));
        Chat chat = new Chat();
        run.serve(ChannelOptions.DEFAULTS.withWaterMarks(10, 50, 10_000), () -> chat);
        SimulatedPeer peer = run.connect();
        peer.stall();
        int[] produced = {0};
        run.inCallback(
                chat,
                () -> chat.pushWithProducer(() -> {
                    produced[0] += 20;
                    return produced[0] > 1_000 ? null : new byte[20];
                }));
        run.turn();
        run.turn();
        assertThat(produced[0]).isBetween(100, 100 + 50 + 20);
        assertThat(chat.outBufferSize()).isLessThan(50 + 20);
        peer.resume();
        run.runUntil(() -> peer.receivedCount() == 1_000);
        peer.close();
        run.runUntil(chat::isClosed);
        assertThat(chat.closeReason()).isEqualTo(CloseReason.PEER);
        run.end();
    }

    private static Handler newest(Simulation run) {
        return (Handler) run.map.channels().get(run.map.size() - 1);
    }
}

package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.LoopEvent;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.chat.Producer;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** Output leaves in the order in which it was queued, whole, and then its end. */
class OutputOrderTest {

    /** Queues output of every kind, and notes what must arrive. */
    private static final class Author extends Chat {

        private final Simulation run;
        private final StringBuilder expected = new StringBuilder();
        private int written;
        private int failures;

        Author(Simulation run) {
            this.run = run;
        }

        @Override
        protected void handleConnect() throws Exception {
            super.handleConnect();
            writeSome();
        }

        /** A producer that fails is over, and its channel goes on. */
        @Override
        protected void handleError(Throwable error) throws Exception {
            if (error instanceof AssertionError) {
                super.handleError(error);
            }
            assertThat(error).hasMessage("no more ink");
            failures--;
        }

        private void writeSome() {
            for (int i = run.random.nextInt(6); i > 0; i--) {
                if (run.random.nextInt(3) == 0) {
                    pushWithProducer(anyProducer());
                } else {
                    assertThat(push(text(run.random.nextInt(40)))).isTrue();
                }
            }
            if (run.random.nextInt(4) == 0) {
                closeWhenDone();
                assertThat(push("too late")).as("a push after closeWhenDone").isFalse();
                assertThat(send(new byte[1])).as("a send after closeWhenDone").isZero();
                pushWithProducer(() -> new byte[] {'!'});
            } else {
                callLater(run.randomTime(Duration.ofMillis(50)), this::writeSome);
            }
        }

        private String text(int length) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append((char) ('A' + written++ % 50));
            }
            expected.append(text);
            return text.toString();
        }

        private Producer anyProducer() {
            Deque<byte[]> pieces = new ArrayDeque<>();
            for (int i = run.random.nextInt(5); i > 0; i--) {
                pieces.add(bytes(text(1 + run.random.nextInt(30))));
            }
            boolean fails = run.random.nextInt(4) == 0;
            failures += fails ? 1 : 0;
            boolean endsEmpty = run.random.nextBoolean();
            return () -> {
                byte[] piece = pieces.poll();
                if (piece == null && fails) {
                    throw new IOException("no more ink");
                }
                return piece == null && endsEmpty ? new byte[0] : piece;
            };
        }
    }

    @Test
    void asItWasQueued() {
        Seeds.play(3_000, seed -> {
            Simulation run = Simulation.any(seed);
            Author author = new Author(run);
            int low = run.random.nextInt(20);
            run.serve(
                    ChannelOptions.DEFAULTS.withWaterMarks(low, low + 1 + run.random.nextInt(30), 1_000_000),
                    () -> author);
            SimulatedPeer peer = run.connect();
            if (run.random.nextInt(3) == 0) {
                peer.stall();
                run.network.after(run.randomTime(Duration.ofSeconds(25)), peer::resume);
            }
            run.runUntil(peer::hasEnded);
            assertThat(peer.isReset()).isFalse();
            assertThat(peer.receivedText()).isEqualTo(author.expected.toString());
            assertThat(author.failures).as("producers that have not failed yet").isZero();
            peer.close();
            run.runUntil(author.life::isOver);
            assertThat(author.closeReason()).isEqualTo(CloseReason.LOCAL);
            assertThat(author.life.calls()).startsWith(Call.CONNECT).endsWith(Call.CLOSE);
            run.end();
        });
    }

    /** What is written by one callback goes out when that callback is over, in one piece. */
    @Test
    void oneWriteForOneCallback() {
        Simulation run = Simulation.calm();
        int[] writesWithin = {-1};
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) {
                send(new byte[100]);
                send(new byte[200]);
                writesWithin[0] = (int) run.ledger.bytesOut(this);
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("go");
        run.runUntil(() -> peer.receivedCount() == 300);
        assertThat(writesWithin[0]).as("written within the callback").isZero();
        assertThat(run.ledger.count(LoopEvent.WRITE)).as("write events").isZero();
        run.end();
    }

    /** More than 64 KiB is not kept until the callback is over. */
    @Test
    void muchIsWrittenAtOnce() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) {
                for (int i = 0; i < 16; i++) {
                    send(new byte[4 * 1024]);
                }
                assertThat(outBufferSize()).isEqualTo(64 * 1024);
                send(new byte[1]);
                assertThat(outBufferSize())
                        .as("what the peer's window has no room for")
                        .isOne();
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("go");
        run.runUntil(() -> peer.receivedCount() == 64 * 1024 + 1);
        run.end();
    }

    /** More than 8 KiB in one piece is not even queued, as far as the kernel takes it and nothing stands before it. */
    @Test
    void aLargePieceIsWrittenThrough() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(30_000));
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) {
                send(new byte[8 * 1024 + 1]);
                assertThat(outBufferSize()).as("nothing before it").isZero();
                send(new byte[1]);
                send(new byte[10_000]);
                assertThat(outBufferSize()).as("behind one byte").isEqualTo(10_001);
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("go");
        run.runUntil(() -> peer.receivedCount() == 18_194);
        assertThat(run.ledger.count(LoopEvent.WRITE)).as("write events").isZero();
        run.end();
    }

    /** Pieces of all sizes, some of which go past the queue, to a peer that takes little and at any time. */
    @Test
    void piecesOfAllSizesInTheirOrder() {
        Seeds.play(300, seed -> {
            NetworkConditions narrow = NetworkConditions.CALM.withWindow(1_000 + (int) (seed * 7_919 % 40_000));
            Simulation run = new Simulation(seed, narrow);
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            Sender sender = new Sender() {
                @Override
                protected void received(ByteBuffer data) {
                    for (int i = run.random.nextInt(4); i >= 0; i--) {
                        byte[] piece = run.randomBytes(run.random.nextInt(run.random.nextBoolean() ? 100 : 40_000));
                        sent.writeBytes(piece);
                        assertThat(send(piece)).isEqualTo(piece.length);
                    }
                }
            };
            run.serve(() -> sender);
            SimulatedPeer peer = run.connect();
            for (int i = 0; i < 5; i++) {
                peer.send("go");
                run.network.after(run.randomTime(Duration.ofSeconds(1)), peer::stall);
                run.network.after(run.randomTime(Duration.ofSeconds(1)), peer::resume);
                run.run(run.randomTime(Duration.ofMillis(500)));
            }
            run.run(Duration.ofSeconds(1));
            peer.resume();
            run.runUntil(() -> peer.receivedCount() == sent.size());
            assertThat(peer.received()).isEqualTo(sent.toByteArray());
            run.end();
        });
    }
}

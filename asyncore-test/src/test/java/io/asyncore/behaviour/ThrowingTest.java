package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.CloseReason;
import io.asyncore.ExitNow;
import io.asyncore.LoopEvent;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a callback throws costs its channel and nothing else, and the grammar of life holds all the same. */
class ThrowingTest {

    private static final class Boom extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Throws, closes or does both in some of its callbacks. */
    private static final class Clumsy extends Sender {

        private final Simulation run;
        private final Set<Call> clumsyIn = EnumSet.noneOf(Call.class);
        private final boolean staysOnError;
        private boolean closedItself;

        Clumsy(Simulation run) {
            this.run = run;
            staysOnError = run.random.nextInt(3) == 0;
            for (Call call : Call.values()) {
                if (run.random.nextInt(4) == 0) {
                    clumsyIn.add(call);
                }
            }
        }

        private void stumble(Call call) throws Boom {
            if (clumsyIn.contains(call)) {
                boolean closes = run.random.nextInt(3) == 0;
                if (closes) {
                    closedItself |= closeReason() == null;
                    close();
                }
                if (!closes || run.random.nextBoolean()) {
                    throw new Boom();
                }
            }
        }

        @Override
        protected void handleConnect() throws Exception {
            super.handleConnect();
            send(new byte[100]);
            stumble(Call.CONNECT);
        }

        @Override
        protected void received(ByteBuffer data) throws Exception {
            send(data);
            stumble(Call.READ);
        }

        @Override
        protected void handleEof() throws Exception {
            life.note(Call.EOF, this);
            stumble(Call.EOF);
            closeWhenDone();
        }

        @Override
        protected void handleError(Throwable error) throws Exception {
            if (!(error instanceof Boom)) {
                super.handleError(error);
                return;
            }
            life.error(error, this);
            if (!staysOnError) {
                end(CloseReason.ERROR);
            }
        }

        @Override
        protected void handleClose() throws Exception {
            life.note(Call.CLOSE, this);
            stumble(Call.CLOSE);
        }
    }

    @Test
    void anything() {
        Seeds.play(4_000, seed -> {
            Simulation run = Simulation.any(seed);
            Clumsy[] clumsy = new Clumsy[3];
            int[] made = {0};
            run.serve(() -> clumsy[made[0]++] = new Clumsy(run));
            Sender bystander = new Sender(run.map);
            for (int i = 0; i < clumsy.length; i++) {
                SimulatedPeer peer = run.network.connect(Simulation.PLACE);
                for (int words = run.random.nextInt(4); words > 0; words--) {
                    run.network.after(run.randomTime(Duration.ofMillis(50)), () -> peer.send(new byte[20]));
                }
                run.network.after(Duration.ofMillis(60), peer::shutdownOutput);
            }
            run.runUntil(() -> made[0] == clumsy.length);
            run.run(Duration.ofMinutes(2));
            for (Clumsy channel : clumsy) {
                assertThat(channel.closeReason() != null || channel.life.has(Call.ERROR))
                        .as("ended, or stayed after an error: %s", channel.life)
                        .isTrue();
                if (channel.isClosed()) {
                    assertThat(channel.life.isOver()).as("%s", channel.life).isEqualTo(!channel.closedItself);
                }
            }
            assertThat(bystander.life.calls()).isEmpty();
            run.end();
        });
    }

    /** What {@code handleError} throws leaves the poll, after the channel has closed. */
    @Test
    void whatHandleErrorThrows() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) throws Exception {
                throw new Boom();
            }

            @Override
            protected void handleError(Throwable error) {
                life.error(error, this);
                throw new IllegalStateException("and again");
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("x");
        assertThatThrownBy(run::turn).isInstanceOf(IllegalStateException.class).hasMessage("and again");
        assertThat(sender.life.calls()).containsExactly(Call.CONNECT, Call.READ, Call.ERROR, Call.CLOSE);
        assertThat(sender.isClosed()).isTrue();
        assertThat(sender.closeReason()).isEqualTo(CloseReason.ERROR);
        run.end();
    }

    /** {@code ExitNow} leaves the poll and closes nothing; what the callback had queued is written before. */
    @Test
    void exitNow() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) {
                if (data.hasRemaining()) {
                    send(data);
                    throw new ExitNow("enough");
                }
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("x");
        assertThatThrownBy(run::turn).isInstanceOf(ExitNow.class);
        assertThat(peer.receivedText()).isEqualTo("x");
        assertThat(sender.closeReason()).isNull();
        peer.close();
        run.runUntil(sender.life::isOver);
        run.end();
    }

    /** Thrown by {@code handleError}, {@code ExitNow} leaves too, and the end that was decided before is not forgotten. */
    @Test
    void exitNowFromHandleError() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender() {
            @Override
            protected void received(ByteBuffer data) throws Exception {
                throw new Boom();
            }

            @Override
            protected void handleError(Throwable error) throws Exception {
                super.handleError(error);
                throw new ExitNow("enough");
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.send("x");
        assertThatThrownBy(run::turn).isInstanceOf(ExitNow.class);
        assertThat(sender.life.calls()).containsExactly(Call.CONNECT, Call.READ, Call.ERROR, Call.CLOSE);
        assertThat(sender.isClosed()).isTrue();
        run.end();
    }

    /** A predicate is a callback, too. */
    @Test
    void predicates() {
        Seeds.play(100, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.random(seed).withWindow(100));
            boolean inReadable = run.random.nextBoolean();
            boolean[] broken = {false};
            Sender sender = new Sender() {
                @Override
                protected boolean readable() {
                    if (broken[0] && inReadable) {
                        throw new IllegalStateException("readable");
                    }
                    return true;
                }

                @Override
                protected boolean writable() {
                    if (broken[0] && !inReadable) {
                        throw new IllegalStateException("writable");
                    }
                    return super.writable();
                }
            };
            run.serve(() -> sender);
            SimulatedPeer peer = run.connect();
            run.turn();
            broken[0] = true;
            if (inReadable) {
                peer.send("x");
            } else {
                peer.stall();
                sender.send(new byte[1_000]);
            }
            run.runUntil(sender.life::isOver);
            assertThat(sender.life.errors()).hasSize(1);
            assertThat(sender.closeReason()).isEqualTo(CloseReason.ERROR);
            run.end();
        });
    }

    /** Whatever an overridden {@code close()} does, the channel closes. */
    @Test
    void anOverriddenClose() {
        Simulation run = Simulation.calm();
        int[] closed = {0};
        Sender sender = new Sender() {
            @Override
            public void close() {
                closed[0]++;
                throw new IllegalStateException("forgot to call super.close()");
            }
        };
        run.serve(() -> sender);
        SimulatedPeer peer = run.connect();
        peer.shutdownOutput();
        run.runUntil(sender::isClosed);
        run.run(Duration.ofSeconds(1));
        assertThat(closed[0]).isPositive();
        assertThat(sender.life.count(Call.CLOSE)).isOne();
        assertThat(run.ledger.closed(sender)).isEqualTo(CloseReason.PEER);
        assertThat(peer.hasEnded()).isTrue();
        run.end();
    }

    /** A throw while accepting closes the accepted socket; the listener goes on. */
    @Test
    void whileAccepting() {
        Seeds.play(500, seed -> {
            Simulation run = Simulation.any(seed);
            int[] accepted = {0};
            Plain door = run.door(socket -> {
                accepted[0]++;
                if (accepted[0] % 2 == 0) {
                    new Sender(socket, run.map);
                }
                throw new Boom();
            });
            for (int i = 0; i < 4; i++) {
                SimulatedPeer peer = run.network.connect(Simulation.PLACE);
                run.runUntil(() -> peer.hasEnded() || peer.isReset());
            }
            assertThat(accepted[0]).isEqualTo(4);
            assertThat(door.life.count(Call.ERROR)).isEqualTo(4);
            assertThat(run.map.channels()).containsExactly(door);
            run.end();
        });
    }

    /** No descriptors left: the listener pauses and tries again, and says so not more than once a second. */
    @Test
    void acceptsThatFail() {
        Simulation run = Simulation.calm();
        Plain door = run.door(socket -> socket.close());
        run.network.failAccepts(5);
        SimulatedPeer peer = run.network.connect(Simulation.PLACE);
        run.turn();
        run.turn();
        assertThat(door.life.errors()).hasSize(1).first().isInstanceOf(IOException.class);
        run.run(Duration.ofMillis(99));
        assertThat(run.ledger.count(LoopEvent.ACCEPT))
                .as("attempts in the first pause")
                .isOne();
        run.runUntil(peer::hasEnded);
        assertThat(run.now()).isEqualTo(Duration.ofMillis(100 + 200 + 400 + 800 + 1_000));
        assertThat(door.life.errors()).hasSize(2);
        assertThat(door.isAccepting()).isTrue();
        run.end();
    }
}

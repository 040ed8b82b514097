package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.Timeout;
import io.asyncore.chat.LineChat;
import io.asyncore.server.DrainResult;
import io.asyncore.server.Limits;
import io.asyncore.server.ProxyProtocol;
import io.asyncore.server.RejectReason;
import io.asyncore.server.Server;
import io.asyncore.server.ServerListener;
import io.asyncore.server.Timeouts;
import io.asyncore.server.WriteBuffer;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedNetwork;
import io.asyncore.test.SimulatedPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whole servers on the simulated network, where time is the test's. */
class WholeServerTest {

    private static final InetSocketAddress PLACE = Simulation.PLACE;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<CloseReason> closed = new ArrayList<>();
    private final List<RejectReason> rejected = new ArrayList<>();

    private final ServerListener diary = new ServerListener() {
        @Override
        public void onClosed(Dispatcher channel, CloseReason reason) {
            if (channel instanceof Lines) {
                closed.add(reason);
            }
        }

        @Override
        public void onRejected(SocketAddress peer, RejectReason reason) {
            rejected.add(reason);
        }
    };

    /** Echoes lines; says goodbye when it is told that its time is over. */
    private static final class Lines extends LineChat {
        Lines() {
            setIgnoreLogTypes(Set.of("warning", "error"));
        }

        @Override
        protected void handleLine(String line) {
            pushLine(line.equals("where") ? String.valueOf(address()) : line);
        }

        @Override
        protected void handleTimeout(Timeout timeout) throws Exception {
            pushLine("too late: " + timeout);
            super.handleTimeout(timeout);
        }
    }

    /** A network, a server on it, and the loops that the test turns. */
    private final class World {
        final SimulatedNetwork network;
        final List<EventLoop> loops;
        final Server server;

        World(SimulatedNetwork network, int count, UnaryOperator<Server.Builder> options) {
            this.network = network;
            loops = IntStream.range(0, count)
                    .mapToObj(unused -> new EventLoop(new ChannelMap(), network.provider(), network.clock()))
                    .toList();
            Server.Builder builder = Server.builder().handler(Lines::new).listener(diary);
            builder.listenOn(PLACE);
            loops.forEach(builder::steppedLoop);
            try {
                server = options.apply(builder).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        World(UnaryOperator<Server.Builder> options) {
            this(new SimulatedNetwork(1, NetworkConditions.CALM), 1, options);
        }

        SimulatedPeer connect() {
            return network.connect(PLACE);
        }

        void pass(Duration time) {
            network.run(loops.get(0), time);
        }

        void until(BooleanSupplier condition) {
            if (loops.size() == 1) {
                network.runUntil(loops.get(0), condition);
                return;
            }
            for (int turn = 0; !condition.getAsBoolean(); turn++) {
                assertThat(turn).isLessThan(1_000_000);
                loops.forEach(loop -> loop.poll(Duration.ofMillis(1)));
            }
        }

        void hears(SimulatedPeer peer, String text) {
            until(() -> peer.receivedText().length() >= text.length() || peer.hasEnded());
            assertThat(peer.receivedText()).isEqualTo(text);
        }

        void endsCleanly() {
            server.close();
            until(() -> !server.isRunning());
            assertThat(server.connectionCount()).isZero();
            assertThat(network.openSockets()).isZero();
        }
    }

    private static Timeouts quick() {
        return Timeouts.DEFAULTS.withIdle(Duration.ofMinutes(1)).withMessage(SECOND.multipliedBy(10));
    }

    @Test
    void whoSaysNothingIsToldAndClosed() {
        World world = new World(builder -> builder.timeouts(quick()));
        SimulatedPeer peer = world.connect();
        peer.send("hello\n");
        world.hears(peer, "hello\r\n");
        world.pass(Duration.ofSeconds(59));
        assertThat(peer.hasEnded()).isFalse();
        world.pass(SECOND.multipliedBy(2));
        assertThat(peer.receivedText()).isEqualTo("hello\r\ntoo late: IDLE\r\n");
        assertThat(peer.hasEnded()).isTrue();
        assertThat(closed).containsExactly(CloseReason.IDLE_TIMEOUT);
        world.endsCleanly();
    }

    @Test
    void aLineThatDripsInIsNotWaitedForLongerThanALineMayTake() {
        World world = new World(builder -> builder.timeouts(quick()));
        SimulatedPeer peer = world.connect();
        for (int i = 0; i < 9; i++) {
            peer.send("x");
            world.pass(SECOND);
        }
        assertThat(peer.hasEnded()).isFalse();
        peer.send("x");
        world.pass(SECOND.multipliedBy(2));
        assertThat(peer.receivedText()).isEqualTo("too late: MESSAGE\r\n");
        assertThat(closed).containsExactly(CloseReason.MESSAGE_TIMEOUT);
        world.endsCleanly();
    }

    @Test
    void whoTakesNoOutputIsGivenUp() {
        World world = new World(builder -> builder.timeouts(Timeouts.DEFAULTS.withWriteStall(SECOND.multipliedBy(5)))
                .writeBuffer(new WriteBuffer(1000, 100, 1_000_000)));
        SimulatedPeer peer = world.connect();
        world.until(peer::isConnected);
        peer.stall();
        String line = "x".repeat(30_000) + "\n";
        peer.send(line.repeat(10));
        world.pass(SECOND.multipliedBy(4));
        assertThat(closed).isEmpty();
        world.pass(SECOND.multipliedBy(3));
        assertThat(closed).containsExactly(CloseReason.WRITE_TIMEOUT);
        world.endsCleanly();
    }

    @Test
    void framesHaveTheLengthThatTheServerAllows() {
        World world = new World(builder -> builder.limits(Limits.DEFAULTS.withFrameLength(10)));
        SimulatedPeer peer = world.connect();
        peer.send("0123456789\n0123456789x\n");
        world.until(peer::hasEnded);
        assertThat(peer.receivedText()).isEqualTo("0123456789\r\n");
        assertThat(closed).containsExactly(CloseReason.OVERFLOW);
        world.endsCleanly();
    }

    @Test
    void aProxyHeaderMustCompleteInTime() {
        World world = new World(builder -> builder.proxyProtocol(ProxyProtocol.required("0.0.0.0/0"))
                .timeouts(Timeouts.DEFAULTS.withProxyHeader(SECOND.multipliedBy(3))));
        SimulatedPeer slow = world.connect();
        slow.send("PROXY TCP4 192.0.2.7 ");
        SimulatedPeer good = world.connect();
        good.send("PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\nwhere\n");
        SimulatedPeer plain = world.connect();
        plain.send("where\n");
        world.hears(good, "/192.0.2.7:4711\r\n");
        world.pass(SECOND.multipliedBy(2));
        assertThat(plain.hasEnded()).isTrue();
        assertThat(slow.hasEnded()).isFalse();
        world.pass(SECOND.multipliedBy(2));
        assertThat(slow.hasEnded()).isTrue();
        assertThat(rejected).containsExactly(RejectReason.PROXY, RejectReason.PROXY);
        assertThat(world.server.connectionCount()).isEqualTo(1);
        world.endsCleanly();
    }

    /** The time is that of the whole header, however it comes. */
    @Test
    void aProxyHeaderThatDripsIn() {
        World world = new World(builder -> builder.proxyProtocol(ProxyProtocol.required("0.0.0.0/0"))
                .timeouts(Timeouts.DEFAULTS.withProxyHeader(SECOND.multipliedBy(3))));
        SimulatedPeer peer = world.connect();
        String header = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\n";
        for (int i = 0; i < 28; i++) {
            peer.send(header.substring(i, i + 1));
            world.pass(Duration.ofMillis(100));
        }
        assertThat(peer.hasEnded()).isFalse();
        peer.send(header.substring(28, 29));
        world.pass(Duration.ofMillis(300));
        assertThat(peer.hasEnded()).isTrue();
        assertThat(rejected).containsExactly(RejectReason.PROXY);
        world.endsCleanly();
    }

    /** While as many handshakes are under way as may be, the next client is not accepted. */
    @Test
    void handshakesUnderWayAreBounded() {
        World world = new World(builder ->
                builder.proxyProtocol(ProxyProtocol.required("0.0.0.0/0")).limits(Limits.DEFAULTS.withHandshakes(1)));
        SimulatedPeer slow = world.connect();
        world.until(slow::isConnected);
        world.pass(SECOND);
        SimulatedPeer next = world.connect();
        next.send("PROXY UNKNOWN\r\nhello\n");
        world.pass(SECOND);
        assertThat(next.receivedText()).isEmpty();
        slow.close();
        world.hears(next, "hello\r\n");
        world.endsCleanly();
    }

    /** On any network, with one loop or two, every line that was sent before the drain is answered. */
    @Test
    void whatWasAskedBeforeADrainIsAnswered() {
        Seeds.play(200, seed -> {
            NetworkConditions noDelay = NetworkConditions.random(seed).withMaxLatency(Duration.ZERO);
            SimulatedNetwork network = new SimulatedNetwork(seed, noDelay);
            World world = new World(network, 1 + (int) (seed % 2), builder -> builder);
            List<SimulatedPeer> peers =
                    IntStream.range(0, 5).mapToObj(unused -> world.connect()).toList();
            world.until(() -> world.server.connectionCount() == peers.size());
            peers.forEach(peer -> peer.send("one\ntwo\nthree\n"));
            world.until(() -> peers.stream().allMatch(peer -> peer.unsent() == 0));
            CompletableFuture<DrainResult> drain = world.server.shutdown(Duration.ofMinutes(10));
            peers.forEach(peer -> world.hears(peer, "one\r\ntwo\r\nthree\r\n"));
            peers.forEach(SimulatedPeer::close);
            world.until(drain::isDone);
            assertThat(drain.join()).isEqualTo(new DrainResult(peers.size(), 0));
            assertThat(network.openSockets()).isZero();
        });
    }

    @Test
    void whoIsInTheMiddleOfALineWhenTheGraceIsOverIsCut() {
        World world = new World(builder -> builder);
        SimulatedPeer peer = world.connect();
        peer.send("half a li");
        world.pass(SECOND);
        CompletableFuture<DrainResult> drain = world.server.shutdown(SECOND.multipliedBy(5));
        world.pass(SECOND.multipliedBy(4));
        assertThat(drain).isNotDone();
        world.until(drain::isDone);
        assertThat(drain.join()).isEqualTo(new DrainResult(0, 1));
        assertThat(closed).containsExactly(CloseReason.SHUTDOWN);
        assertThat(world.network.openSockets()).isZero();
    }
}

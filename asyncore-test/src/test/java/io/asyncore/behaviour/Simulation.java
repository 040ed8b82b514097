package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelOptions;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.SocketType;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.SimulatedNetwork;
import io.asyncore.test.SimulatedPeer;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** One run on the simulated network: a loop, a place where its dispatchers listen, and what everybody must keep to. */
final class Simulation {

    static final InetSocketAddress PLACE = new InetSocketAddress("10.0.0.1", 7000);

    final SimulatedNetwork network;
    final ChannelMap map = new ChannelMap();
    final EventLoop loop;
    final SplittableRandom random;
    final Ledger ledger = new Ledger();
    private int taken;

    Simulation(long seed, NetworkConditions conditions) {
        network = new SimulatedNetwork(seed, conditions);
        loop = new EventLoop(map, network.provider(), network.clock());
        loop.addListener(ledger);
        random = network.random();
    }

    /** A network on which nothing is left to chance. */
    static Simulation calm() {
        return new Simulation(1, NetworkConditions.CALM);
    }

    /** Any network. */
    static Simulation any(long seed) {
        return new Simulation(seed, NetworkConditions.random(seed));
    }

    /** Gives every connection to a new dispatcher, as a server does. */
    Plain serve(ChannelOptions options, Supplier<Dispatcher> handlers) {
        return door(socket -> loop.attach(handlers.get(), socket, options));
    }

    Plain serve(Supplier<Dispatcher> handlers) {
        return serve(ChannelOptions.DEFAULTS, handlers);
    }

    /** Makes a dispatcher on every connection, as a Python program does. */
    Plain adopt(Function<Transport, Dispatcher> handlers) {
        return door(handlers::apply);
    }

    /** What becomes of an accepted socket. */
    interface Taker {
        void take(Transport socket) throws Exception;
    }

    /** A dispatcher that listens. */
    Plain door(Taker taker) {
        Plain door = new Plain(map) {
            @Override
            protected void handleAccepted(Transport socket, SocketAddress peer) throws Exception {
                taker.take(socket);
                taken++;
            }
        };
        try {
            door.createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
            door.bind(PLACE);
            door.listen(5);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return door;
    }

    /** A peer whose call was answered; the handler has it, too. */
    SimulatedPeer connect() {
        int before = taken;
        SimulatedPeer peer = network.connect(PLACE);
        runUntil(() -> peer.isConnected() && taken > before);
        return peer;
    }

    void runUntil(BooleanSupplier condition) {
        network.runUntil(loop, condition);
    }

    void run(Duration time) {
        network.run(loop, time);
    }

    /** One turn that waits for nothing. */
    void turn() {
        loop.poll(Duration.ZERO);
    }

    /** One turn, in which this runs as a callback of the channel: what it finds fails the test. */
    void inCallback(Dispatcher channel, Runnable action) {
        channel.callLater(Duration.ZERO, action);
        turn();
    }

    Duration now() {
        return network.clock().elapsed();
    }

    byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A random time up to this. */
    Duration randomTime(Duration longest) {
        return Duration.ofNanos(random.nextLong(longest.toNanos() + 1));
    }

    /** Closes what is left and looks whether everything went by the rules. */
    void end() {
        map.closeAll(false);
        turn();
        ledger.check();
        assertThat(map.isEmpty()).as("the map is empty").isTrue();
        assertThat(network.openSockets()).as("sockets left open").isZero();
    }
}

package io.asyncore.golden;

import static java.net.StandardProtocolFamily.INET;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.ExitNow;
import io.asyncore.SocketType;
import io.asyncore.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where one scenario is played: its map, its loop, its trace and its helpers. Like everything here, of one thread. */
final class Stage {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    final ChannelMap map = new ChannelMap();
    private final Order order;
    private final List<String> trace = new ArrayList<>();
    private final Set<String> ignored = new HashSet<>();
    private final Deque<AutoCloseable> props = new ArrayDeque<>();
    private final long start = System.nanoTime();

    Stage(Order order) {
        this.order = order;
    }

    // who plays

    Plain plain(String name) throws IOException {
        return plain(name, INET);
    }

    Plain plain(String name, ProtocolFamily family) throws IOException {
        return connected(family, socket -> new Plain(this, name, socket));
    }

    Bare bare(String name) throws IOException {
        return connected(INET, socket -> new Bare(this, name, socket));
    }

    Queueing queueing(String name) throws IOException {
        return connected(INET, socket -> new Queueing(this, name, socket));
    }

    Chat chat(String name) throws IOException {
        return chat(name, INET);
    }

    Chat chat(String name, ProtocolFamily family) throws IOException {
        return connected(family, socket -> new Chat(this, name, socket));
    }

    private interface Maker<C> {
        C make(Transport socket) throws IOException;
    }

    private <C extends Recording<C>> C connected(ProtocolFamily family, Maker<C> maker) throws IOException {
        Cast cast = Cast.connect(family);
        C channel = maker.make(cast.socket());
        channel.script().setPeer(prop(cast.peer()));
        return channel;
    }

    Plain client(String name) throws IOException {
        return client(name, INET);
    }

    Plain client(String name, ProtocolFamily family) throws IOException {
        Plain channel = new Plain(this, name);
        channel.createSocket(family, SocketType.STREAM);
        return channel;
    }

    Chat chatClient(String name) throws IOException {
        Chat channel = new Chat(this, name);
        channel.createSocket();
        return channel;
    }

    Plain listener(String name) throws IOException {
        return listener(name, INET);
    }

    Plain listener(String name, ProtocolFamily family) throws IOException {
        Plain channel = client(name, family);
        channel.bind(prop(new Place(family)).address());
        channel.listen(5);
        return channel;
    }

    /** A raw listening socket. */
    Door door(ProtocolFamily family) throws IOException {
        return prop(new Door(family));
    }

    /** A raw client of a listener. */
    Peer visitor(Plain listener) throws IOException {
        return prop(new Peer(
                SocketChannel.open(Objects.requireNonNull(socketOf(listener).localAddress()))));
    }

    private static Transport socketOf(Plain channel) {
        return Objects.requireNonNull(channel.socket());
    }

    /** An address at which nobody listens, as it is taken by a socket that does not. */
    SocketAddress closedPort() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return prop(SocketChannel.open().bind(any)).getLocalAddress();
    }

    /** Something that the scenario's end closes. */
    <T extends AutoCloseable> T prop(T closeable) {
        props.push(closeable);
        return closeable;
    }

    // what happens

    void say(String event) {
        if (!ignored.contains(event)) {
            trace.add(event);
        }
    }

    /** From now on the event is no part of the trace, as nobody can know how often it happens. */
    void ignore(String event) {
        ignored.add(event);
    }

    /** One turn of the loop; what leaves the loop becomes part of the trace. */
    void turn() throws IOException {
        turn(Duration.ofSeconds(1));
    }

    private void turn(Duration timeout) throws IOException {
        try {
            order.turn(timeout, map);
        } catch (ExitNow e) {
            say("loop.ExitNow");
        } catch (Spam e) {
            say("loop.raised(" + e.getMessage() + ")");
        }
    }

    /** One turn within a callback: what leaves it stays an exception. */
    void nested() throws IOException {
        order.turn(Duration.ZERO, map);
    }

    /** Turns until the map is empty, or so many. */
    void loop(@Nullable Integer count) throws IOException {
        Asyncore.loop(Duration.ofSeconds(1), order == Order.POLL2, map, count);
    }

    /** Turns until the trace holds the event. */
    void until(String event) throws IOException {
        until(event, 1);
    }

    /** Turns until the trace holds the event so many times. */
    void until(String event, int times) throws IOException {
        while (Collections.frequency(trace, event) < times) {
            checkTime("no " + event);
            turn(Duration.ofMillis(50));
        }
    }

    /** Turns until the peer has heard so much, which the trace shows as it is. */
    void heard(Peer peer, int size) throws IOException {
        byte[] data = listen(peer, size);
        say("peer.heard(" + Text.shown(data) + ")");
    }

    /** Turns until the peer has heard as much as this; the trace says whether it was this. */
    void heardAll(Peer peer, byte[] whole) throws IOException {
        sayHeard(listen(peer, whole.length), whole);
    }

    /** Turns until the peer is at the end of its input. */
    void heard(Peer peer) throws IOException {
        heardToEnd(peer, null);
    }

    /** Turns until the peer is at the end of its input; the trace says whether it has heard the whole. */
    void heardToEnd(Peer peer, byte @Nullable [] whole) throws IOException {
        sayHeard(listen(peer, Integer.MAX_VALUE), whole);
        say("peer." + peer.end());
    }

    /** Turns until the peer has heard all and seen the end, and the channel was told so. */
    void farewell(Recording<?> channel, byte @Nullable [] whole) throws IOException {
        byte[] data = listen(channel.peer(), Integer.MAX_VALUE);
        channel.peer().close();
        until(channel.name() + ".handle_close");
        sayHeard(data, whole);
        say("peer." + channel.peer().end());
    }

    private byte[] listen(Peer peer, int size) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        while (heard.size() < size && peer.end().isEmpty()) {
            checkTime("the peer heard only " + heard.size() + " bytes");
            byte[] some = peer.take();
            heard.writeBytes(some);
            if (some.length == 0) {
                turn(Duration.ofMillis(10));
            }
        }
        return heard.toByteArray();
    }

    private void sayHeard(byte[] data, byte @Nullable [] whole) {
        if (data.length > 0) {
            String shown = whole == null ? Text.shown(data) : Arrays.equals(data, whole) ? "all" : "a_part";
            say("peer.heard(" + shown + ")");
        }
    }

    /** Some more turns, in which nothing should happen. */
    void settle() throws IOException {
        for (int i = 0; i < 3; i++) {
            turn(Duration.ofMillis(5));
        }
    }

    /** Ends the scenario with the names of the channels that are still open, and returns what happened. */
    List<String> finish() throws Exception {
        settle();
        say(map.channels().stream().map(Stage::nameOf).collect(Collectors.joining(",", "open(", ")")));
        return List.copyOf(trace);
    }

    private static String nameOf(Dispatcher channel) {
        return ((Recording<?>) channel).name();
    }

    /** Clears the stage, whatever came of the scenario. */
    void clear() throws Exception {
        Asyncore.closeAll(map, true);
        for (AutoCloseable prop : props) {
            prop.close();
        }
    }

    private void checkTime(String complaint) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
            throw new AssertionError(complaint + " in " + trace);
        }
    }
}

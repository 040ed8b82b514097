package io.asyncore.test;

import io.asyncore.EventLoop;
import io.asyncore.transport.TransportProvider;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A network, its clock and its chance, in the memory of one thread. Confined to the thread that polls the loop.
 *
 * <pre>{@code
 * SimulatedNetwork network = new SimulatedNetwork(seed, NetworkConditions.random(seed));
 * EventLoop loop = new EventLoop(map, network.provider(), network.clock());
 * // ... a dispatcher that listens at address ...
 * SimulatedPeer peer = network.connect(address);
 * peer.send("hello");
 * network.runUntil(loop, () -> peer.receivedText().equals("hello"));
 * }</pre>
 *
 * <p>Addresses are names only: {@code 10.1.2.3:80} is as good as any. The poller of such a loop never waits; with nothing
 * ready it moves the clock to the next thing that happens on the network, or by the time it was to wait. A poller that
 * finds something ready ten thousand times although nothing is done about it ends with an error: the loop would spin.
 */
public final class SimulatedNetwork {

    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int MOST_TURNS = 5_000_000;

    private final SplittableRandom random;
    private final ManualClock clock;
    private final Agenda agenda;
    private final TransportProvider provider = new SimulatedProvider(this);
    private final Switchboard switchboard = new Switchboard(this);
    private NetworkConditions conditions;
    private int openSockets;
    private long moves;

    /** A calm network. */
    public SimulatedNetwork(long seed) {
        this(seed, NetworkConditions.CALM);
    }

    /**
     * A network under these conditions.
     *
     * @param seed decides everything that is left to chance, the clock's first reading included
     */
    public SimulatedNetwork(long seed, NetworkConditions conditions) {
        random = new SplittableRandom(seed);
        this.conditions = conditions;
        clock = new ManualClock(anyOrigin());
        agenda = new Agenda(clock);
    }

    /** Clocks that start at 0, below it, and shortly before they overflow. */
    private long anyOrigin() {
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> Long.MIN_VALUE + random.nextLong(Long.MAX_VALUE);
            default -> Long.MAX_VALUE - (random.nextLong(Duration.ofMinutes(1).toNanos()) >>> random.nextInt(37));
        };
    }

    /** Opens this network's sockets and pollers; for {@code new EventLoop(map, provider, clock)}. */
    public TransportProvider provider() {
        return provider;
    }

    /** The time on this network. */
    public ManualClock clock() {
        return clock;
    }

    /** This network's chance: for the scenario, too, so that one seed decides all. */
    public SplittableRandom random() {
        return random;
    }

    /** What it is like at present. */
    public NetworkConditions conditions() {
        return conditions;
    }

    /** Changes what it is like; connections keep the window they began with. */
    public void setConditions(NetworkConditions conditions) {
        this.conditions = conditions;
    }

    // ---- who is there ----

    /** A peer that calls this address. */
    public SimulatedPeer connect(SocketAddress address) {
        SimulatedPeer peer = new SimulatedPeer(this);
        try {
            switchboard.call(switchboard.streams().anyLike(address), address, peer.caller());
        } catch (ConnectException reason) {
            peer.caller().refused(reason);
        }
        return peer;
    }

    /**
     * Someone who listens at this address.
     *
     * @throws BindException if it is taken
     */
    public SimulatedListener listen(SocketAddress address) throws BindException {
        SocketAddress named = switchboard.streams().bind(address);
        Backlog backlog = new Backlog(this, named, Integer.MAX_VALUE);
        switchboard.streams().reach(named, backlog);
        return new SimulatedListener(this, named, backlog);
    }

    /**
     * Someone who sends and receives datagrams at this address.
     *
     * @throws BindException if it is taken
     */
    public SimulatedDatagramPeer bindDatagrams(SocketAddress address) throws BindException {
        SocketAddress named = switchboard.mailboxes().bind(address);
        SimulatedDatagramPeer peer = new SimulatedDatagramPeer(this, named);
        switchboard.mailboxes().reach(named, peer.mailbox());
        return peer;
    }

    /** From now on a stream connect to this address gets no answer at all. Where nobody listens it is refused. */
    public void silence(SocketAddress address) {
        switchboard.silence(address);
    }

    /** The next so many accepts throw, as when no descriptors are left. */
    public void failAccepts(int count) {
        switchboard.failAccepts(count);
    }

    /** How many sockets were opened by the provider or accepted and are not closed: 0 when a program has cleaned up. */
    public int openSockets() {
        return openSockets;
    }

    // ---- time ----

    /** Does something after a while, in the middle of a poll: for what peers do, not for calls to dispatchers. */
    public void after(Duration delay, Runnable action) {
        at(now() + delay.toNanos(), action);
    }

    /** Polls the loop until this much time has passed. */
    public void run(EventLoop loop, Duration time) {
        long end = now() + time.toNanos();
        while (end - now() > 0) {
            loop.poll(Duration.ofNanos(end - now()));
        }
    }

    /**
     * Polls the loop until the condition holds.
     *
     * @throws AssertionError if that does not come true in two hours of this network's time
     */
    public void runUntil(EventLoop loop, BooleanSupplier condition) {
        Duration begun = clock.elapsed();
        for (int turns = 0; !condition.getAsBoolean(); turns++) {
            if (turns > MOST_TURNS || clock.elapsed().minus(begun).compareTo(PATIENCE) > 0) {
                throw new AssertionError("what was waited for has not happened in "
                        + clock.elapsed().minus(begun) + " and " + turns + " turns of " + loop);
            }
            loop.poll(STEP);
        }
    }

    long now() {
        return clock.getAsLong();
    }

    void at(long time, Runnable event) {
        agenda.at(time, event);
    }

    /** A latency from now, but not before a point in time; returns when. */
    long later(long notBefore, Runnable event) {
        long time = now() + latency();
        long when = notBefore - time > 0 ? notBefore : time;
        at(when, event);
        return when;
    }

    long latency() {
        long longest = conditions.maxLatency().toNanos();
        return longest == 0 ? 0 : random.nextLong(longest + 1);
    }

    void catchUp() {
        agenda.catchUp();
    }

    boolean happensBy(long deadline) {
        return !agenda.isEmpty() && agenda.nextTime() - deadline <= 0;
    }

    void skipToNextEvent() {
        if (agenda.isEmpty()) {
            throw new IllegalStateException("the loop waits for ever, and nothing more is going to happen");
        }
        clock.moveTo(agenda.nextTime());
        agenda.catchUp();
    }

    // ---- chance ----

    /** How much of this many bytes goes at once: from 1 on, but 0 of 0. */
    int portion(int most) {
        int longest = Math.min(most, conditions.maxSegment());
        return longest <= 0 || conditions.maxSegment() == Integer.MAX_VALUE
                ? Math.max(0, longest)
                : 1 + random.nextInt(longest);
    }

    void shuffle(List<?> list) {
        Collections.shuffle(list, new Random(random.nextLong()));
    }

    // ---- book-keeping ----

    Switchboard switchboard() {
        return switchboard;
    }

    void opened() {
        openSockets++;
    }

    void closed() {
        openSockets--;
        moved();
    }

    /** Something has come of a poll. */
    void moved() {
        moves++;
    }

    long moves() {
        return moves;
    }
}

package io.asyncore.spring.actuate;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.LoopCounters;
import io.asyncore.server.RejectReason;
import io.asyncore.server.ServerListener;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What one server has done so far: its connections are counted here, everything else in the counters of its loops. Any
 * thread.
 */
final class ServerCounters implements ServerListener {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder[] rejected = adders(RejectReason.values().length);
    private final FullTime full = new FullTime();
    private final FullTime handshakesFull = new FullTime();
    private final LongAdder[] closed = adders(CloseReason.values().length);
    private final List<LoopCounters> loops = new ArrayList<>();
    private final List<LongestCallback> longest = new ArrayList<>();
    private final List<IntConsumer> observers = new ArrayList<>();

    private static LongAdder[] adders(int count) {
        return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
    }

    /** The counters of the loop with this index, which the server has from now on if it had not before. */
    synchronized LoopCounters loop(int index) {
        while (loops.size() <= index) {
            loops.add(new LoopCounters());
            longest.add(new LongestCallback());
            int added = loops.size() - 1;
            observers.forEach(observer -> observer.accept(added));
        }
        return loops.get(index);
    }

    /** The longest callback of that loop. */
    synchronized LongestCallback longest(int index) {
        loop(index);
        return longest.get(index);
    }

    /** Tells the index of each loop that the server has, or will have. */
    synchronized void forEachLoop(IntConsumer observer) {
        observers.add(observer);
        for (int index = 0; index < loops.size(); index++) {
            observer.accept(index);
        }
    }

    @Override
    public void onOpened(Dispatcher handler) {
        accepted.increment();
    }

    @Override
    public void onEnded(Dispatcher handler, CloseReason reason) {
        closed[reason.ordinal()].increment();
    }

    @Override
    public void onRejected(SocketAddress peer, RejectReason reason) {
        rejected[reason.ordinal()].increment();
    }

    @Override
    public void onFull(RejectReason limit) {
        time(limit).begin();
    }

    @Override
    public void onRoom(RejectReason limit) {
        time(limit).end();
    }

    private FullTime time(RejectReason limit) {
        return limit == RejectReason.HANDSHAKES ? handshakesFull : full;
    }

    /** For how many seconds nobody else could come in for this reason. */
    double full(RejectReason limit) {
        return time(limit).seconds();
    }

    long accepted() {
        return accepted.sum();
    }

    long rejected(RejectReason reason) {
        return rejected[reason.ordinal()].sum();
    }

    long rejected() {
        return Arrays.stream(rejected).mapToLong(LongAdder::sum).sum();
    }

    long closed(CloseReason reason) {
        return closed[reason.ordinal()].sum();
    }

    long closed() {
        return Arrays.stream(closed).mapToLong(LongAdder::sum).sum();
    }

    /** The sum of a count over all loops. */
    synchronized long ofLoops(ToLongFunction<LoopCounters> count) {
        return loops.stream().mapToLong(count).sum();
    }
}

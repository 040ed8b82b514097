package io.asyncore;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what a loop does. Written by the loop's thread alone, readable from any thread; every number only grows.
 *
 * <pre>{@code
 * LoopCounters counters = new LoopCounters();
 * loop.addListener(counters);
 * }</pre>
 */
public final class LoopCounters implements LoopListener {

    private static final LoopEvent[] EVENTS = LoopEvent.values();
    private static final int BYTES_IN = EVENTS.length;
    private static final int BYTES_OUT = BYTES_IN + 1;
    private static final int TURNS = BYTES_IN + 2;

    private final AtomicLongArray counts = new AtomicLongArray(TURNS + 1);

    /** How often this kind of event happened. */
    public long count(LoopEvent event) {
        return counts.get(event.ordinal());
    }

    /** Bytes read by all channels. */
    public long bytesIn() {
        return counts.get(BYTES_IN);
    }

    /** Bytes that the kernel took from all channels. */
    public long bytesOut() {
        return counts.get(BYTES_OUT);
    }

    /** Completed turns of the loop. */
    public long turns() {
        return counts.get(TURNS);
    }

    /** One writer, so no atomic addition is needed: a plain read and an ordered store. */
    private void add(int index, long amount) {
        counts.setRelease(index, counts.getPlain(index) + amount);
    }

    @Override
    public void onEvent(LoopEvent event, Dispatcher channel) {
        add(event.ordinal(), 1);
    }

    @Override
    public void onBytesIn(Dispatcher channel, int count) {
        add(BYTES_IN, count);
    }

    @Override
    public void onBytesOut(Dispatcher channel, int count) {
        add(BYTES_OUT, count);
    }

    @Override
    public void onTurn(EventLoop loop) {
        add(TURNS, 1);
    }
}

package io.asyncore;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a loop does. Written by the loop's thread alone, readable from any thread; every number only grows. One for
 * each loop, or for several that follow one another.
 *
 * <pre>{@code
 * LoopCounters counters = new LoopCounters();
 * loop.addListener(counters);
 * }</pre>
 */
public final class LoopCounters implements LoopListener {

    private static final int EVENTS = 0;
    private static final int CALLBACKS = EVENTS + LoopEvent.values().length;
    private static final int CALLBACK_NANOS = CALLBACKS + LoopEvent.values().length;
    private static final int CLOSED = CALLBACK_NANOS + LoopEvent.values().length;
    private static final int BYTES_IN = CLOSED + CloseReason.values().length;
    private static final int BYTES_OUT = BYTES_IN + 1;
    private static final int DROPPED = BYTES_IN + 2;
    private static final int SLOW = BYTES_IN + 3;
    private static final int TURNS = BYTES_IN + 4;
    private static final int BUSY_NANOS = BYTES_IN + 5;
    private static final int HANDSHAKES = BYTES_IN + 6;
    private static final int HANDSHAKE_NANOS = BYTES_IN + 7;

    private final AtomicLongArray counts = new AtomicLongArray(HANDSHAKE_NANOS + 1);

    /** How often this kind of event happened. */
    public long count(LoopEvent event) {
        return counts.get((event.isToldOfEachChannel() ? EVENTS : CALLBACKS) + event.ordinal());
    }

    /** How many callbacks of this kind were timed; more than {@link #count} where an event had nobody to be told to. */
    public long callbacks(LoopEvent event) {
        return counts.get(CALLBACKS + event.ordinal());
    }

    /** How long these took together, in nanoseconds. */
    public long callbackNanos(LoopEvent event) {
        return counts.get(CALLBACK_NANOS + event.ordinal());
    }

    /** Callbacks that took longer than {@link EventLoop#setSlowCallbackThreshold} allows. */
    public long slowCallbacks() {
        return counts.get(SLOW);
    }

    /** Channels that ended for this reason. */
    public long closed(CloseReason reason) {
        return counts.get(CLOSED + reason.ordinal());
    }

    /** Bytes read by all channels. */
    public long bytesIn() {
        return counts.get(BYTES_IN);
    }

    /** Bytes that the kernel took from all channels. */
    public long bytesOut() {
        return counts.get(BYTES_OUT);
    }

    /** Bytes of output that ended channels had and nobody will get. */
    public long bytesDropped() {
        return counts.get(DROPPED);
    }

    /** TLS handshakes that succeeded. */
    public long handshakes() {
        return counts.get(HANDSHAKES);
    }

    /** How long these took together, in nanoseconds. */
    public long handshakeNanos() {
        return counts.get(HANDSHAKE_NANOS);
    }

    /** Completed turns of the loop. */
    public long turns() {
        return counts.get(TURNS);
    }

    /** How long the loop worked, in nanoseconds: all the time that it did not wait. The sum of {@link EventLoop#lagNanos()}. */
    public long busyNanos() {
        return counts.get(BUSY_NANOS);
    }

    /** One writer, so no atomic addition is needed: a plain read and an ordered store. */
    private void add(int index, long amount) {
        counts.setRelease(index, counts.getPlain(index) + amount);
    }

    @Override
    public void onEvent(LoopEvent event, Dispatcher channel) {
        add(EVENTS + event.ordinal(), 1);
    }

    @Override
    public void onCallback(LoopEvent event, @Nullable Dispatcher channel, long nanos) {
        add(CALLBACKS + event.ordinal(), 1);
        add(CALLBACK_NANOS + event.ordinal(), nanos);
    }

    @Override
    public void onSlowCallback(SlowCallback report) {
        add(SLOW, 1);
    }

    @Override
    public void onHandshake(Dispatcher channel, long nanos) {
        add(HANDSHAKES, 1);
        add(HANDSHAKE_NANOS, nanos);
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
    public void onDropped(Dispatcher channel, long bytes) {
        add(DROPPED, bytes);
    }

    @Override
    public void onClosed(Dispatcher channel, CloseReason reason) {
        add(CLOSED + reason.ordinal(), 1);
    }

    @Override
    public void onTurn(EventLoop loop) {
        add(TURNS, 1);
        add(BUSY_NANOS, loop.lagNanos());
    }
}

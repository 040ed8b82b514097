package io.asyncore.test;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a stream: segments under way, then bytes that have arrived and wait to be read, then the end. */
final class Pipe {

    private final SimulatedNetwork network;
    private final int window;
    private final Deque<ByteBuffer> arrived = new ArrayDeque<>();
    private int available;
    private int underWay;
    private long lastArrival;
    private boolean ended;
    private final StreamEnd reader;

    Pipe(SimulatedNetwork network, StreamEnd reader, long notBefore) {
        this.network = network;
        this.window = network.conditions().window();
        this.reader = reader;
        this.lastArrival = notBefore;
    }

    boolean hasRoom() {
        return available + underWay < window;
    }

    int available() {
        return available;
    }

    boolean isEnded() {
        return ended && available == 0;
    }

    /** Takes some bytes from the source, 0 if the window is full, and sends them on their way in segments. */
    int offer(ByteBuffer source) {
        int count = network.portion(Math.min(source.remaining(), window - available - underWay));
        for (int left = count; left > 0; ) {
            byte[] segment = new byte[network.portion(left)];
            source.get(segment);
            left -= segment.length;
            underWay += segment.length;
            send(() -> arrive(segment));
        }
        return count;
    }

    /** Lets something arrive after all that was sent before. */
    void send(Runnable arrival) {
        lastArrival = network.later(lastArrival, arrival);
    }

    void sendEnd() {
        send(() -> {
            ended = true;
            reader.changed();
        });
    }

    private void arrive(byte[] segment) {
        underWay -= segment.length;
        if (reader.isClosed()) {
            reader.refuseData();
            return;
        }
        arrived.add(ByteBuffer.wrap(segment));
        available += segment.length;
        reader.changed();
    }

    /** Gives some of what has arrived. */
    int take(ByteBuffer target) {
        int count = network.portion(Math.min(available, target.remaining()));
        available -= count;
        for (int left = count; left > 0; ) {
            ByteBuffer first = arrived.getFirst();
            int part = Math.min(left, first.remaining());
            target.put(first.slice(first.position(), part));
            first.position(first.position() + part);
            left -= part;
            if (!first.hasRemaining()) {
                arrived.removeFirst();
            }
        }
        return count;
    }
}

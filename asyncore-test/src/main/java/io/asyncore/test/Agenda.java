package io.asyncore.test;

import java.util.PriorityQueue;

/** What is going to happen on the network, by time; of the same time, what was planned first happens first. */
final class Agenda {

    private final ManualClock clock;
    private final PriorityQueue<Item> items = new PriorityQueue<>();
    private long planned;

    Agenda(ManualClock clock) {
        this.clock = clock;
    }

    void at(long time, Runnable event) {
        items.add(new Item(time, planned++, event));
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** When the next event happens; only if there is one. */
    long nextTime() {
        return items.element().time();
    }

    /** Lets everything happen whose time has come. */
    void catchUp() {
        while (!items.isEmpty() && items.element().time() - clock.getAsLong() <= 0) {
            items.remove().event().run();
        }
    }

    private record Item(long time, long order, Runnable event) implements Comparable<Item> {

        /** By difference, as the clock may overflow. */
        @Override
        public int compareTo(Item other) {
            long ahead = time - other.time;
            return ahead != 0 ? Long.signum(ahead) : Long.compare(order, other.order);
        }
    }
}

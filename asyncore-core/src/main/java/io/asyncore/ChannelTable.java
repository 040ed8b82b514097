package io.asyncore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Channels by id, for maps and servers: each in the slot that its id names, or in the first free one behind it. 55 bytes less
 * per connection than in a hash map with its nodes and boxed keys, and 7 less than in an identity map. Any thread.
 */
public final class ChannelTable {

    /** 2^64 divided by the golden ratio: its multiples keep away from each other. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** A power of two, and at least a quarter of them is free. */
    private @Nullable Dispatcher[] slots = new Dispatcher[16];

    private volatile int size;

    /** An empty one. */
    public ChannelTable() {}

    /** How many are in it. */
    public int size() {
        return size;
    }

    synchronized @Nullable Dispatcher get(long id) {
        return slots[slotOf(id)];
    }

    /** False if it is in it already. */
    public synchronized boolean add(Dispatcher channel) {
        if (slots[slotOf(channel.id())] == channel) {
            return false;
        }
        if (size + 1 > slots.length / 4 * 3) {
            grow();
        }
        slots[slotOf(channel.id())] = channel;
        size++;
        return true;
    }

    /** Where the channel with this id is, or would be. */
    private int slotOf(long id) {
        int slot = home(id);
        for (Dispatcher other = slots[slot]; other != null && other.id() != id; other = slots[slot]) {
            slot = next(slot);
        }
        return slot;
    }

    /** The slot that an id names: ids follow each other, and must not fill slots that do. */
    private int home(long id) {
        return (int) (id * SPREAD >>> (Long.numberOfLeadingZeros(slots.length) + 1));
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private void grow() {
        List<Dispatcher> all = all();
        slots = new Dispatcher[slots.length * 2];
        for (Dispatcher channel : all) {
            slots[slotOf(channel.id())] = channel;
        }
    }

    /** False if it is not in it. */
    public synchronized boolean remove(Dispatcher channel) {
        int slot = slotOf(channel.id());
        if (slots[slot] != channel) {
            return false;
        }
        slots[slot] = null;
        size--;
        closeGap(slot);
        return true;
    }

    /** Nobody must be separated from the slot that its id names by a free one. */
    private void closeGap(int free) {
        int gap = free;
        int slot = next(free);
        for (Dispatcher behind = slots[slot]; behind != null; behind = slots[slot]) {
            if (distance(home(behind.id()), slot) >= distance(gap, slot)) {
                slots[gap] = behind;
                slots[slot] = null;
                gap = slot;
            }
            slot = next(slot);
        }
    }

    private int distance(int from, int to) {
        return (to - from) & (slots.length - 1);
    }

    private synchronized List<Dispatcher> all() {
        List<Dispatcher> all = new ArrayList<>(size);
        for (Dispatcher channel : slots) {
            if (channel != null) {
                all.add(channel);
            }
        }
        return all;
    }

    /** By ascending {@linkplain Dispatcher#id() id}, which is by age. */
    public List<Dispatcher> sorted() {
        List<Dispatcher> all = all();
        all.sort(Comparator.comparingLong(Dispatcher::id));
        return all;
    }
}

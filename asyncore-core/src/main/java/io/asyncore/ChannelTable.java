package io.asyncore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Channels by id, each chained to the next by a field of its own: 50 bytes less per connection than in a hash map with its
 * nodes and boxed keys. Any thread.
 */
final class ChannelTable {

    private @Nullable Dispatcher[] heads = new Dispatcher[16];
    private volatile int size;

    int size() {
        return size;
    }

    synchronized @Nullable Dispatcher get(long id) {
        Dispatcher channel = heads[index(id)];
        while (channel != null && channel.id() != id) {
            channel = channel.nextInMap;
        }
        return channel;
    }

    /** Adds one that is in no table. */
    synchronized void add(Dispatcher channel) {
        if (size == heads.length) {
            grow();
        }
        link(channel);
        size++;
    }

    private void link(Dispatcher channel) {
        int index = index(channel.id());
        channel.nextInMap = heads[index];
        heads[index] = channel;
    }

    /** Ids follow each other, so that they spread by themselves. */
    private int index(long id) {
        return (int) id & (heads.length - 1);
    }

    private void grow() {
        List<Dispatcher> all = all();
        heads = new Dispatcher[heads.length * 2];
        all.forEach(this::link);
    }

    synchronized void remove(Dispatcher channel) {
        int index = index(channel.id());
        Dispatcher before = null;
        Dispatcher at = heads[index];
        while (at != null && at != channel) {
            before = at;
            at = at.nextInMap;
        }
        if (at == null) {
            return;
        }
        if (before == null) {
            heads[index] = channel.nextInMap;
        } else {
            before.nextInMap = channel.nextInMap;
        }
        channel.nextInMap = null;
        size--;
    }

    private synchronized List<Dispatcher> all() {
        List<Dispatcher> all = new ArrayList<>(size);
        for (Dispatcher head : heads) {
            for (Dispatcher channel = head; channel != null; channel = channel.nextInMap) {
                all.add(channel);
            }
        }
        return all;
    }

    /** By ascending id. */
    List<Dispatcher> sorted() {
        List<Dispatcher> all = all();
        all.sort(Comparator.comparingLong(Dispatcher::id));
        return all;
    }
}

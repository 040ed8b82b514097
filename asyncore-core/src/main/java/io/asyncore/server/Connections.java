package io.asyncore.server;

import io.asyncore.ChannelTable;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The open connections of a server, and how many have ended which way. Any thread. */
final class Connections {

    private final ChannelTable open = new ChannelTable();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong cut = new AtomicLong();

    /** False if it is among them already. */
    boolean add(Dispatcher handler) {
        return open.add(handler);
    }

    /** It has not become one after all. */
    boolean withdraw(Dispatcher handler) {
        return open.remove(handler);
    }

    /** It has ended; false if it was none of these. */
    boolean closed(Dispatcher handler) {
        boolean was = open.remove(handler);
        if (was) {
            (handler.closeReason() == CloseReason.SHUTDOWN ? cut : ended).incrementAndGet();
        }
        return was;
    }

    int size() {
        return open.size();
    }

    /** By age. */
    List<Dispatcher> all() {
        return Collections.unmodifiableList(open.sorted());
    }

    /** How many have ended before their server did. */
    long ended() {
        return ended.get();
    }

    /** How many the end of the server has cut. */
    long cut() {
        return cut.get();
    }
}

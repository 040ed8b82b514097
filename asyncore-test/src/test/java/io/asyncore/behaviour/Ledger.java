package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.LoopEvent;
import io.asyncore.LoopListener;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches a whole loop: a channel ends once, is announced as closed once and after that, and nothing happens to it in
 * between or later. Findings are kept for {@link #check()}, as a listener's own failures are only logged.
 */
final class Ledger implements LoopListener {

    private final Set<Dispatcher> ended = new HashSet<>();
    private final Map<Dispatcher, CloseReason> closed = new HashMap<>();
    private final Map<Dispatcher, Long> in = new HashMap<>();
    private final Map<Dispatcher, Long> out = new HashMap<>();
    private final Map<Dispatcher, Long> dropped = new HashMap<>();
    private final Map<LoopEvent, Long> events = new EnumMap<>(LoopEvent.class);
    private final List<String> findings = new ArrayList<>();
    private long turns;

    @Override
    public void onEvent(LoopEvent event, Dispatcher channel) {
        events.merge(event, 1L, Long::sum);
        if (closed.containsKey(channel)) {
            findings.add(event + " after onClosed of " + channel);
        }
        if (event == LoopEvent.CLOSE) {
            if (!ended.add(channel)) {
                findings.add("a second end of " + channel);
            }
        } else if (event != LoopEvent.ERROR && ended.contains(channel)) {
            findings.add(event + " after the end of " + channel);
        }
    }

    @Override
    public void onClosed(Dispatcher channel, CloseReason reason) {
        if (!ended.contains(channel)) {
            findings.add("onClosed before the end of " + channel);
        }
        if (closed.put(channel, reason) != null) {
            findings.add("a second onClosed of " + channel);
        }
        if (reason != channel.closeReason()) {
            findings.add("onClosed says " + reason + ", the channel " + channel.closeReason());
        }
    }

    @Override
    public void onBytesIn(Dispatcher channel, int count) {
        in.merge(channel, (long) count, Long::sum);
    }

    @Override
    public void onBytesOut(Dispatcher channel, int count) {
        out.merge(channel, (long) count, Long::sum);
    }

    @Override
    public void onDropped(Dispatcher channel, long bytes) {
        dropped.merge(channel, bytes, Long::sum);
    }

    @Override
    public void onTurn(EventLoop loop) {
        turns++;
    }

    long bytesIn(Dispatcher channel) {
        return in.getOrDefault(channel, 0L);
    }

    long bytesOut(Dispatcher channel) {
        return out.getOrDefault(channel, 0L);
    }

    long dropped(Dispatcher channel) {
        return dropped.getOrDefault(channel, 0L);
    }

    long count(LoopEvent event) {
        return events.getOrDefault(event, 0L);
    }

    long turns() {
        return turns;
    }

    @Nullable CloseReason closed(Dispatcher channel) {
        return closed.get(channel);
    }

    /** Every channel that ended was announced as closed, and nothing else was amiss. */
    void check() {
        assertThat(findings).as("findings").isEmpty();
        assertThat(closed.keySet()).as("announced as closed").containsExactlyInAnyOrderElementsOf(ended);
    }
}

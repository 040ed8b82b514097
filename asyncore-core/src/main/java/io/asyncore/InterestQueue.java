package io.asyncore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which channels must be asked what they wait for before the loop waits: those that something happened to, those whose
 * class wants to be asked each turn, and those that another thread named.
 */
final class InterestQueue {

    private static final int PASSES = 3;

    private final EventLoop loop;
    private final Queue<Dispatcher> changed = new ArrayDeque<>();
    private final List<Dispatcher> eachTurn = new ArrayList<>();

    /** By id. */
    private final Map<Long, Dispatcher> elsewhere = new ConcurrentHashMap<>();

    InterestQueue(EventLoop loop) {
        this.loop = loop;
    }

    void changed(Dispatcher channel) {
        if (!channel.toBeAsked) {
            channel.toBeAsked = true;
            changed.add(channel);
        }
    }

    /** From any thread. */
    void changedElsewhere(Dispatcher channel) {
        if (elsewhere.put(channel.id(), channel) == null) {
            loop.wakeup();
        }
    }

    boolean hasNewsFromElsewhere() {
        return !elsewhere.isEmpty();
    }

    void joined(Dispatcher channel) {
        if (channel.kind.askedEachTurn()) {
            channel.extras().eachTurnIndex = eachTurn.size();
            eachTurn.add(channel);
        }
        changed(channel);
    }

    void left(Dispatcher channel) {
        if (channel.kind.askedEachTurn()) {
            int hole = channel.extras().eachTurnIndex;
            Dispatcher last = eachTurn.remove(eachTurn.size() - 1);
            if (last != channel) {
                eachTurn.set(hole, last);
                last.extras().eachTurnIndex = hole;
            }
        }
    }

    /** Asks them all, and those that changed through it, up to a bound: two that change each other could go on for ever. */
    void refresh() {
        if (!elsewhere.isEmpty()) {
            hearFromElsewhere();
        }
        for (int i = 0; i < eachTurn.size(); i++) {
            changed(eachTurn.get(i));
        }
        for (int pass = 0; pass < PASSES && !changed.isEmpty(); pass++) {
            askThoseThatChanged();
        }
    }

    /** Each is taken out before it is asked, so that whoever names it from then on has it asked once more. */
    private void hearFromElsewhere() {
        for (Iterator<Dispatcher> all = elsewhere.values().iterator(); all.hasNext(); ) {
            Dispatcher named = all.next();
            all.remove();
            if (named.isInLoop(loop)) {
                changed(named);
            }
        }
    }

    private void askThoseThatChanged() {
        for (int due = changed.size(); due > 0; due--) {
            Dispatcher channel = changed.poll();
            if (channel == null) {
                return; // a nested poll asked the rest
            }
            if (channel.isInLoop(loop)) {
                channel.toBeAsked = false;
                loop.callbacks.ask(channel);
            }
        }
    }
}

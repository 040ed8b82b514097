package io.asyncore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Which channels must be asked what they wait for before the loop waits: those that something happened to, those whose
 * class wants to be asked each turn, and those that another thread named.
 */
final class InterestQueue {

    private static final int PASSES = 3;

    private final EventLoop loop;
    private final Queue<Dispatcher> changed = new ArrayDeque<>();
    private final List<Dispatcher> eachTurn = new ArrayList<>();
    private final Queue<Dispatcher> elsewhere = new ConcurrentLinkedQueue<>();

    InterestQueue(EventLoop loop) {
        this.loop = loop;
    }

    void changed(Dispatcher channel) {
        if (!channel.interest.queued) {
            channel.interest.queued = true;
            changed.add(channel);
        }
    }

    /** From any thread. */
    void changedElsewhere(Dispatcher channel) {
        if (channel.interest.nameElsewhere()) {
            elsewhere.add(channel);
            loop.wakeup();
        }
    }

    boolean hasNewsFromElsewhere() {
        return !elsewhere.isEmpty();
    }

    void joined(Dispatcher channel) {
        if (channel.interest.kind.askedEachTurn()) {
            channel.interest.eachTurnIndex = eachTurn.size();
            eachTurn.add(channel);
        }
        changed(channel);
    }

    void left(Dispatcher channel) {
        if (channel.interest.kind.askedEachTurn()) {
            int hole = channel.interest.eachTurnIndex;
            Dispatcher last = eachTurn.remove(eachTurn.size() - 1);
            if (last != channel) {
                eachTurn.set(hole, last);
                last.interest.eachTurnIndex = hole;
            }
        }
    }

    /** Asks them all, and those that changed through it, up to a bound: two that change each other could go on for ever. */
    void refresh() {
        for (Dispatcher named = elsewhere.poll(); named != null; named = elsewhere.poll()) {
            named.interest.heardFromElsewhere();
            if (named.isInLoop(loop)) {
                changed(named);
            }
        }
        for (int i = 0; i < eachTurn.size(); i++) {
            changed(eachTurn.get(i));
        }
        for (int pass = 0; pass < PASSES && !changed.isEmpty(); pass++) {
            askThoseThatChanged();
        }
    }

    private void askThoseThatChanged() {
        for (int due = changed.size(); due > 0; due--) {
            Dispatcher channel = changed.poll();
            if (channel == null) {
                return; // a nested poll asked the rest
            }
            if (channel.isInLoop(loop)) {
                channel.interest.queued = false;
                loop.callbacks.ask(channel);
            }
        }
    }
}

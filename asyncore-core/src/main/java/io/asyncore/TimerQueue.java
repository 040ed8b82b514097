package io.asyncore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is due when: a binary heap whose nodes know their place, so that cancelling costs as little as adding. */
final class TimerQueue {

    private @Nullable TimerNode[] heap = new TimerNode[16];
    private int size;
    private long added;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(TimerNode node, long due) {
        remove(node);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        node.due = due;
        node.dueOrder = added++;
        moveUp(size++, node);
    }

    void remove(TimerNode node) {
        if (!node.isInTimerQueue()) {
            return;
        }
        int hole = node.timerIndex;
        node.timerIndex = TimerNode.NOT_QUEUED;
        TimerNode last = at(--size);
        heap[size] = null;
        if (last != node) {
            moveUp(hole, last);
            moveDown(last.timerIndex, last);
        }
    }

    /** Nanoseconds until the next is due, 0 if one is, {@link Long#MAX_VALUE} if there is none. */
    long untilNext(long now) {
        return isEmpty() ? Long.MAX_VALUE : Math.max(0, at(0).due - now);
    }

    /** How many were ever added: what comes from now on has a number that is not below. */
    long added() {
        return added;
    }

    /** Fires the next that is due now and was added before that number was reached; false if there is none. */
    boolean fireNext(long now, long addedBefore) {
        if (size == 0 || at(0).due - now > 0 || at(0).dueOrder >= addedBefore) {
            return false;
        }
        TimerNode next = at(0);
        remove(next);
        next.fire();
        return true;
    }

    private TimerNode at(int index) {
        TimerNode node = heap[index];
        if (node == null) {
            throw new AssertionError("a hole in the heap at " + index);
        }
        return node;
    }

    private void moveUp(int from, TimerNode node) {
        int index = from;
        while (index > 0 && node.isDueBefore(at((index - 1) / 2))) {
            put(index, at((index - 1) / 2));
            index = (index - 1) / 2;
        }
        put(index, node);
    }

    private void moveDown(int from, TimerNode node) {
        int index = from;
        for (int child = smallerChild(index);
                child < size && at(child).isDueBefore(node);
                child = smallerChild(index)) {
            put(index, at(child));
            index = child;
        }
        put(index, node);
    }

    private int smallerChild(int index) {
        int left = 2 * index + 1;
        return left + 1 < size && at(left + 1).isDueBefore(at(left)) ? left + 1 : left;
    }

    private void put(int index, TimerNode node) {
        heap[index] = node;
        node.timerIndex = index;
    }
}

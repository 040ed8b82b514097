package io.asyncore;

/** Something for the {@link TimerQueue}: when it is due and where it stands there. */
abstract class TimerNode {

    static final int NOT_QUEUED = -1;

    long due;
    long dueOrder;
    int timerIndex = NOT_QUEUED;

    abstract void fire();

    final boolean isInTimerQueue() {
        return timerIndex != NOT_QUEUED;
    }

    /** Earlier first, and of the same time the one that was queued first. */
    final boolean isDueBefore(TimerNode other) {
        long ahead = due - other.due;
        return ahead != 0 ? ahead < 0 : dueOrder < other.dueOrder;
    }
}

package io.asyncore;

/** Something in the {@link TimerQueue}: when it is due and where it stands there. */
abstract class TimerNode {

    static final int NOT_QUEUED = -1;

    long due;
    long order;
    int index = NOT_QUEUED;

    abstract void fire();

    final boolean isQueued() {
        return index != NOT_QUEUED;
    }

    /** Earlier first, and of the same time the one that was queued first. */
    final boolean before(TimerNode other) {
        long ahead = due - other.due;
        return ahead != 0 ? ahead < 0 : order < other.order;
    }
}

package io.asyncore;

/**
 * Says when too much output of a channel waits and when there is room again, and sees to it that the channel hears of both.
 * Confined to the loop's thread, except for {@link #isBelow()}.
 */
final class WaterMarks {

    private final DispatcherWithSend channel;
    private volatile boolean below = true;
    private boolean toldAbove;

    WaterMarks(DispatcherWithSend channel) {
        this.channel = channel;
    }

    /** Has output been at the low mark since it was above the high one? Any thread. */
    boolean isBelow() {
        return below;
    }

    /** So many bytes wait now. */
    void sizeIs(long now) {
        if (below && now > channel.options.highWaterMark()) {
            below = false;
            channel.interest.closeGate(Interest.GATE_BACK_PRESSURE);
            channel.addNews(Channel.NEWS_PRESSURE);
        } else if (!below && now <= channel.options.lowWaterMark()) {
            below = true;
            channel.interest.openGate(Interest.GATE_BACK_PRESSURE);
            channel.addNews(Channel.NEWS_PRESSURE);
        }
    }

    /**
     * A mark was crossed, and the channel hears of it now: true if it was the high one. It hears of both in turn, also
     * when it has been back and forth since it was told last.
     */
    boolean takeCrossing() {
        toldAbove = !toldAbove;
        if (toldAbove != below) {
            channel.dropNews(Channel.NEWS_PRESSURE);
        }
        return toldAbove;
    }
}

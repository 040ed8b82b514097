package io.asyncore;

import java.util.HashMap;
import java.util.Map;

/** Lets a few reports of each kind through in each period and counts the others. Any thread. */
public final class RateLimit {

    /** More kinds than a program has are made up by somebody: counting begins anew then. */
    private static final int MOST_KINDS = 1000;

    private final int most;
    private final long period;
    private final Map<Object, Window> windows = new HashMap<>();

    /** At most so many of a kind within so many nanoseconds. */
    public RateLimit(int most, long periodNanos) {
        this.most = most;
        this.period = periodNanos;
    }

    /**
     * How many of this kind were held back since the last one that was let through; −1 if this one shall be, too.
     *
     * @param now in nanoseconds, from any origin
     */
    public synchronized long admit(Object kind, long now) {
        Window window = windows.get(kind);
        if (window == null) {
            if (windows.size() == MOST_KINDS) {
                windows.clear();
            }
            window = new Window(now);
            windows.put(kind, window);
        }
        if (now - window.begin >= period) {
            window.begin = now;
            window.admitted = 0;
        }
        if (window.admitted == most) {
            window.heldBack++;
            return -1;
        }
        window.admitted++;
        long before = window.heldBack;
        window.heldBack = 0;
        return before;
    }

    /** The end of a line in the log: what it stands for besides itself. */
    public static String more(long heldBack) {
        return heldBack == 0 ? "" : " (" + heldBack + " more like it were not logged)";
    }

    private static final class Window {
        private long begin;
        private int admitted;
        private long heldBack;

        Window(long begin) {
            this.begin = begin;
        }
    }
}

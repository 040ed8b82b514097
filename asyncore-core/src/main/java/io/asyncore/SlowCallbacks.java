package io.asyncore;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports callbacks that held their loop up: each to the listeners; to the log one of a handler's class and callback in ten
 * seconds. Confined to the loop's thread.
 */
final class SlowCallbacks {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    static final Duration THRESHOLD = Duration.ofMillis(100);
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(10);

    private final LoopListeners listeners;
    private final RateLimit limit = new RateLimit(1, PERIOD);

    SlowCallbacks(LoopListeners listeners) {
        this.listeners = listeners;
    }

    private record Kind(Class<?> handler, LoopEvent event) {}

    void report(SlowCallback slow, long now) {
        listeners.onSlowCallback(slow);
        long heldBack = limit.admit(new Kind(slow.handler(), slow.event()), now);
        if (heldBack >= 0) {
            log.warn("slow callback: {}{}", slow, RateLimit.more(heldBack), slow.trace());
        }
    }
}

package io.asyncore.server;

import io.asyncore.EventLoop;
import io.asyncore.SlowCallback;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the watchdog knows of one loop. Says once that the loop is stuck, and once that it goes on. Confined to the
 * watchdog's thread.
 */
final class StuckWatch {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final String server;
    private final EventLoop loop;
    private final Duration atLeast;
    private final long stuck;
    private @Nullable SlowCallback reported;

    StuckWatch(String server, EventLoop loop, Duration atLeast, Duration stuck) {
        this.server = server;
        this.loop = loop;
        this.atLeast = atLeast;
        this.stuck = stuck.toNanos();
    }

    /** Takes a sample of what has been running for long, for the loop's own report, and judges it. */
    void look() {
        SlowCallback running = loop.sampleCallback(atLeast);
        SlowCallback before = reported;
        if (before != null && (running == null || running.since() != before.since())) {
            reported = null;
            log.warn(
                    "a loop of server '{}' goes on after it was stuck in {} of {}",
                    server,
                    before.event().callback(),
                    before.handler().getName());
        }
        if (reported == null && running != null && running.nanos() >= stuck) {
            reported = running;
            log.error("a loop of server '{}' is stuck and serves nobody: {} so far", server, running, running.trace());
        }
    }
}

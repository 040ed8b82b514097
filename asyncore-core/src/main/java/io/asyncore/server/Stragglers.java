package io.asyncore.server;

import io.asyncore.EventLoop;
import io.asyncore.SlowCallback;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The callbacks that keep a server's loops from ending when they were told to: first they are waited for, then each is
 * interrupted, and in the end they are named and left behind. Any thread.
 */
final class Stragglers {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    /** So long a callback may run when the time is over before it is interrupted. */
    private static final Duration SOON = Duration.ofMillis(50);

    private static final Long OUTSIDE = Long.MIN_VALUE;

    private final String server;
    private final LoopGroup loops;

    /** When the callback began that was interrupted last. */
    private final Map<EventLoop, Long> interrupted = new HashMap<>();

    Stragglers(String server, LoopGroup loops) {
        this.server = server;
        this.loops = loops;
    }

    /**
     * Waits for the end of loops that were told to stop.
     *
     * @param patience the time that their callbacks have to return by themselves
     * @param rest the time after that in which they are interrupted
     */
    void await(Duration patience, Duration rest) {
        boolean ended = loops.awaitEnd(patience);
        LongSupplier clock = loops.first().clock();
        long end = clock.getAsLong() + TimeUnit.NANOSECONDS.convert(rest);
        while (!ended && clock.getAsLong() - end < 0) {
            interrupt();
            ended = loops.awaitEnd(SOON);
        }
        if (!ended && loops.leaveBehind()) {
            Aside.run(this::name, loops::closeCompanions);
        }
    }

    /** Each of them once: one that does not heed it, or needs time to clean up, is left in peace. */
    private synchronized void interrupt() {
        for (int i = 0; i < loops.all().size(); i++) {
            Thread thread = loops.thread(i);
            if (thread != null && mustBeInterrupted(loops.get(i))) {
                thread.interrupt();
            }
        }
    }

    /** What runs outside of any callback is a listener's, or the loop's own, and counts as one. */
    private boolean mustBeInterrupted(EventLoop loop) {
        SlowCallback running = loop.sampleCallback(Duration.ZERO);
        if (running != null && running.nanos() < SOON.toNanos()) {
            return false;
        }
        Long now = running == null ? OUTSIDE : Long.valueOf(running.since());
        return !now.equals(interrupted.put(loop, now));
    }

    private void name() {
        for (int i = 0; i < loops.all().size(); i++) {
            Thread thread = loops.thread(i);
            if (thread != null) {
                name(i, thread);
            }
        }
    }

    /** With the stack of this moment: the one of the sample may be from the callback's beginning. */
    private void name(int index, Thread thread) {
        SlowCallback running = loops.get(index).sampleCallback(Duration.ZERO);
        Throwable stack = new Throwable("what thread '" + thread.getName() + "' does");
        stack.setStackTrace(thread.getStackTrace());
        log.error(
                "server '{}' was closed, but its loop {} does not end, and its thread '{}' is left behind: {}",
                server,
                index,
                thread.getName(),
                running == null ? "it is in no callback, see its stack" : running + " so far",
                stack);
    }
}

package io.asyncore.spring.actuate;

import io.asyncore.EventLoop;
import io.asyncore.server.Server;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** How long somebody may have to wait until a loop notices him. Any thread. */
final class Lag {

    private Lag() {}

    /** A callback that does not return counts before it has returned. */
    static long nanos(EventLoop loop) {
        return Math.max(loop.lagNanos(), loop.busyNanos());
    }

    /** The longest of all loops. */
    static Duration of(Server server) {
        return duration(server.loops().stream().mapToLong(Lag::nanos).max().orElse(0));
    }

    /** As precise as anybody wants to read it. */
    static Duration duration(long nanos) {
        return Duration.ofNanos(nanos).truncatedTo(ChronoUnit.MICROS);
    }
}

package io.asyncore.spring.context;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The time of a shutdown phase, and what the servers do with it: all of their end happens in it, or half a second later.
 *
 * @param phase how long a phase may take
 */
record PhaseTime(Duration phase) {

    private static final String TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** What is kept of the phase's time, so that the servers have ended when it is over. */
    private static final Duration RESERVE = Duration.ofSeconds(1);

    /** What a callback has in any case to return, when all is over. */
    private static final Duration LEAST = Duration.ofMillis(500);

    /** What a server's own {@code close()} gives it at most. */
    private static final Duration MOST = Duration.ofSeconds(10);

    static PhaseTime of(Environment environment) {
        Duration phase = Binder.get(environment).bind(TIMEOUT, Duration.class).orElse(DEFAULT_TIMEOUT);
        return new PhaseTime(phase.isNegative() ? Duration.ZERO : phase);
    }

    /** What connections have to finish. */
    Duration grace() {
        Duration left = phase.minus(RESERVE);
        return left.compareTo(RESERVE) < 0 ? phase.dividedBy(2) : left;
    }

    /** What callbacks have to return when the servers are closed, so long after the stop has begun. */
    Duration toClose(Duration elapsed) {
        Duration left = phase.minus(elapsed);
        if (left.isNegative()) {
            return LEAST;
        }
        return left.plus(LEAST).compareTo(MOST) < 0 ? left.plus(LEAST) : MOST;
    }
}

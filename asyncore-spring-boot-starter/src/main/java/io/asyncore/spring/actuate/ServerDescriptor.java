package io.asyncore.spring.actuate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint says of one server.
 *
 * @param state what it does now
 * @param addresses where it listens
 * @param limit how many connections may be open; null while it is stopped
 * @param totals its loops together
 * @param loops its loops
 */
public record ServerDescriptor(
        State state, List<String> addresses, @Nullable Integer limit, Totals totals, List<LoopDescriptor> loops) {

    /** What a server does. */
    public enum State {
        /** It accepts and serves connections. */
        RUNNING,
        /** It refuses connections, and those that are open finish. */
        DRAINING,
        /** Its loops have ended although nobody stopped it. */
        ENDED,
        /** It was stopped, or not yet started. */
        STOPPED
    }
}

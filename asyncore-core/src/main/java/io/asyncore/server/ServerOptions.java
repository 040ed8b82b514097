package io.asyncore.server;

import io.asyncore.LoopListener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** What a {@link Server} is told, checked. */
record ServerOptions(
        String name,
        int port,
        @Nullable InetAddress address,
        int backlog,
        DispatcherFactory handler,
        Duration idleTimeout,
        int maxConnections,
        Duration loopTimeout,
        ThreadFactory threadFactory,
        List<LoopListener> listeners) {

    ServerOptions {
        require(!name.isBlank(), "name", "'" + name + "'", "must not be blank");
        require(port >= 0 && port <= 65_535, "port", port, "must be between 0 (any free one) and 65535");
        require(backlog >= 1, "backlog", backlog, "must be at least 1");
        require(isPositive(idleTimeout), "idleTimeout", idleTimeout, "must be longer than zero");
        require(maxConnections >= 1, "maxConnections", maxConnections, "must be at least 1");
        require(isPositive(loopTimeout), "loopTimeout", loopTimeout, "must be longer than zero");
        listeners = List.copyOf(listeners);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String option, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(option + " " + rule + ", but is " + value);
        }
    }
}

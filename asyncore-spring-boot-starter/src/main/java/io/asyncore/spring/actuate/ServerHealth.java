package io.asyncore.spring.actuate;

import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of one server: down when one of its loops is stuck in a callback, or has ended although nobody stopped the
 * server; out of service while it drains and while it is stopped. Any thread.
 */
final class ServerHealth extends AbstractHealthIndicator {

    /** The server's watchdog calls a loop stuck after the same time. */
    private static final Duration STUCK = Duration.ofSeconds(10);

    private final AsyncoreServer server;

    ServerHealth(AsyncoreServer server) {
        super("The health of the server '" + server.name() + "' could not be told");
        this.server = server;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Server current = server.server();
        if (current == null) {
            builder.outOfService().withDetail("reason", "stopped");
            return;
        }
        judge(current, builder);
        if (current.port() >= 0) {
            builder.withDetail("port", current.port());
        }
        builder.withDetail("addresses", Addresses.of(current))
                .withDetail("connections", current.connectionCount())
                .withDetail("handshakes", current.handshakesUnderWay())
                .withDetail("limit", current.limits().connections())
                .withDetail("lag", Lag.of(current).toString());
    }

    private void judge(Server current, Health.Builder builder) {
        int stuck = stuck(current);
        if (stuck >= 0) {
            Duration busy = Lag.duration(current.loops().get(stuck).busyNanos());
            builder.down().withDetail("reason", "loop " + stuck + " has been in one callback for " + busy);
        } else if (server.isDraining()) {
            builder.outOfService().withDetail("reason", "draining");
        } else if (current.isRunning()) {
            builder.up();
        } else {
            builder.down().withDetail("reason", "its loops have ended");
        }
    }

    /** The index of a loop that is stuck, or -1. */
    private static int stuck(Server current) {
        return IntStream.range(0, current.loops().size())
                .filter(index -> current.loops().get(index).busyNanos() >= STUCK.toNanos())
                .findFirst()
                .orElse(-1);
    }
}

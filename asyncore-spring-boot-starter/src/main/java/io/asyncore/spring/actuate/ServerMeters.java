package io.asyncore.spring.actuate;

import static io.asyncore.spring.actuate.Tags.SERVER;

import io.asyncore.CloseReason;
import io.asyncore.server.RejectReason;
import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The meters of one server's connections.
 *
 * @param server the server, which may not run
 * @param counters what has been counted
 */
record ServerMeters(AsyncoreServer server, ServerCounters counters) {

    void bindTo(MeterRegistry registry) {
        Gauge.builder("asyncore.connections.current", server, ServerMeters::current)
                .description("Connections that are open")
                .tag(SERVER, server.name())
                .register(registry);
        Gauge.builder("asyncore.connections.handshakes", server, ServerMeters::handshakes)
                .description("Connections whose PROXY header or TLS handshake is not complete")
                .tag(SERVER, server.name())
                .register(registry);
        Gauge.builder("asyncore.connections.config.max", server, ServerMeters::limit)
                .description("Connections that may be open")
                .tag(SERVER, server.name())
                .register(registry);
        FunctionCounter.builder("asyncore.connections.accepted", counters, ServerCounters::accepted)
                .description("Connections that got a handler")
                .tag(SERVER, server.name())
                .register(registry);
        bindFull(RejectReason.FULL, registry);
        bindFull(RejectReason.HANDSHAKES, registry);
        for (RejectReason reason : RejectReason.values()) {
            bindRejected(reason, registry);
        }
        for (CloseReason reason : CloseReason.values()) {
            bindClosed(reason, registry);
        }
    }

    private void bindFull(RejectReason limit, MeterRegistry registry) {
        FunctionCounter.builder("asyncore.connections.full", counters, each -> each.full(limit))
                .description("Time for which nobody else could come in")
                .baseUnit("seconds")
                .tag(SERVER, server.name())
                .tag(Tags.REASON, Tags.of(limit))
                .register(registry);
    }

    private void bindRejected(RejectReason reason, MeterRegistry registry) {
        FunctionCounter.builder("asyncore.connections.rejected", counters, each -> each.rejected(reason))
                .description("Connections that were closed before they got a handler")
                .tag(SERVER, server.name())
                .tag(Tags.REASON, Tags.of(reason))
                .register(registry);
    }

    private void bindClosed(CloseReason reason, MeterRegistry registry) {
        FunctionCounter.builder("asyncore.connections.closed", counters, each -> each.closed(reason))
                .description("Connections that had a handler and have ended")
                .tag(SERVER, server.name())
                .tag(Tags.REASON, Tags.of(reason))
                .register(registry);
    }

    private static double current(AsyncoreServer server) {
        Server running = server.server();
        return running == null ? 0 : running.connectionCount();
    }

    private static double handshakes(AsyncoreServer server) {
        Server running = server.server();
        return running == null ? 0 : running.handshakesUnderWay();
    }

    /** Where nobody can come in, there is none. */
    private static double limit(AsyncoreServer server) {
        Server running = server.server();
        return running == null || !running.isRunning()
                ? Double.NaN
                : running.limits().connections();
    }
}

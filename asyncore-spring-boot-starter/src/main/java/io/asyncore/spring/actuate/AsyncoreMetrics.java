package io.asyncore.spring.actuate;

import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The meters of all servers, which {@code docs/reference.md} lists. They read what {@link AsyncoreCounters} has counted, so
 * that a loop's work costs no registry look-up. Those of a loop are there when its server starts for the first time, and stay.
 */
public final class AsyncoreMetrics implements MeterBinder {

    private final ObjectProvider<AsyncoreServers> servers;
    private final AsyncoreCounters counters;

    /**
     * Creates the meters' source.
     *
     * @param servers asked for when the meters are bound, which is before they start
     * @param counters what the meters read
     */
    public AsyncoreMetrics(ObjectProvider<AsyncoreServers> servers, AsyncoreCounters counters) {
        this.servers = servers;
        this.counters = counters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        servers.getObject().all().forEach(server -> bind(server, registry));
    }

    private void bind(AsyncoreServer server, MeterRegistry registry) {
        ServerCounters counted = counters.of(server.name());
        new ServerMeters(server, counted).bindTo(registry);
        counted.forEachLoop(
                index -> new LoopMeters(server, index, counted.loop(index), counted.longest(index)).bindTo(registry));
    }
}

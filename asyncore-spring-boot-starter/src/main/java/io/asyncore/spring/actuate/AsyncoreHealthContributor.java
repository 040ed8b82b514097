package io.asyncore.spring.actuate;

import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/** The health of all servers, each under its name. Any thread; no loop is waited for. */
public final class AsyncoreHealthContributor implements CompositeHealthContributor {

    private final AsyncoreServers servers;

    /**
     * Creates it.
     *
     * @param servers the servers
     */
    public AsyncoreHealthContributor(AsyncoreServers servers) {
        this.servers = servers;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return servers.all().stream()
                .filter(server -> server.name().equals(name))
                .map(ServerHealth::new)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Stream<Entry> stream() {
        return servers.all().stream().map(AsyncoreHealthContributor::entry);
    }

    private static Entry entry(AsyncoreServer server) {
        return new Entry(server.name(), new ServerHealth(server));
    }
}

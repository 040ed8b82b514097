package io.asyncore.benchmarks.compare;

import io.asyncore.benchmarks.load.Audience;
import io.asyncore.benchmarks.load.Churn;
import io.asyncore.benchmarks.load.IdleConnections;
import io.asyncore.benchmarks.load.Load;
import io.asyncore.benchmarks.load.LoadGenerator;
import io.asyncore.benchmarks.load.LoadResult;
import io.asyncore.benchmarks.servers.Library;
import io.asyncore.benchmarks.servers.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** One server of a round, under whatever a scenario demands of it. Confined to the thread of the comparison. */
final class Contestant implements AutoCloseable {

    /**
     * So often all connections of the warm-up come and go: to a compiler that has only seen them busy, their end is news that
     * it compiles half of the server again for, which takes more than a second.
     */
    private static final int VISITS = 4;

    private final RemoteServer server;
    private final Options options;

    Contestant(RemoteServer server, Options options) {
        this.server = server;
        this.options = options;
    }

    Library library() {
        return server.library();
    }

    /** Keeps a new server busy with what it will be measured in, until its compiler has seen everything. */
    void warmUp(Protocol protocol) throws IOException {
        List<Scenario> loads = Arrays.stream(Scenario.values())
                .filter(scenario -> scenario.protocol() == protocol && scenario != Scenario.MEMORY)
                .toList();
        Duration each = options.start().dividedBy((long) VISITS * loads.size());
        for (int visit = 0; visit < VISITS; visit++) {
            for (Scenario scenario : loads) {
                put(scenario, Duration.ZERO, each);
            }
        }
    }

    Result measure(Scenario scenario, int round) throws IOException {
        return switch (scenario) {
            case MEMORY -> new Result(scenario, library(), round, heapPerConnection(), null);
            case CROWD -> Result.of(scenario, library(), round, putAmongIdle(scenario));
            default -> Result.of(scenario, library(), round, put(scenario, options.warmUp(), options.measured()));
        };
    }

    private LoadResult put(Scenario scenario, Duration warmUp, Duration measured) throws IOException {
        Load load = scenario.load();
        return switch (scenario) {
            case CHURN -> Churn.run(server.port(), load, warmUp, measured, server::cpuNanos);
            case GROUP -> Audience.run(server.port(), load, warmUp, measured, server::cpuNanos);
            default -> LoadGenerator.run(server.port(), load, warmUp, measured, server::cpuNanos);
        };
    }

    private LoadResult putAmongIdle(Scenario scenario) throws IOException {
        IdleConnections crowd = new IdleConnections(server.port(), Protocol.ECHO, options.idle());
        try {
            return put(scenario, options.warmUp(), options.measured());
        } finally {
            crowd.close();
            letThemGo();
        }
    }

    private double heapPerConnection() throws IOException {
        long before = server.liveHeap();
        IdleConnections crowd = new IdleConnections(server.port(), Protocol.ECHO, options.idle());
        try {
            return (double) (server.liveHeap() - before) / crowd.count();
        } finally {
            crowd.close();
            letThemGo();
        }
    }

    /** The server has to see each idle connection end, before the next measurement begins. */
    private void letThemGo() throws IOException {
        put(Scenario.ALONE, options.warmUp(), Duration.ofMillis(1));
    }

    @Override
    public void close() {
        server.close();
    }
}

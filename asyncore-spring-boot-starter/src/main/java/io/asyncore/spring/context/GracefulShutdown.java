package io.asyncore.spring.context;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Lets the connections of all servers finish before the context stops the servers, and with them what Boot's web servers have
 * under way.
 */
public final class GracefulShutdown implements SmartLifecycle {

    /** The phase in which Boot's web servers shut down, as a number because their classes may be absent. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    private final ManagedServers servers;
    private final Duration grace;
    private volatile boolean running;

    /**
     * Creates it.
     *
     * @param servers the servers
     * @param environment tells how long the phase may take
     */
    public GracefulShutdown(ManagedServers servers, Environment environment) {
        this.servers = servers;
        this.grace = PhaseTime.of(environment).grace();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        servers.shutDown(grace).join();
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        CompletableFuture<Void> unused = servers.shutDown(grace).whenComplete((nothing, failed) -> callback.run());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }
}

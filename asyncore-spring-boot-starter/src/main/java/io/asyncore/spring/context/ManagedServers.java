package io.asyncore.spring.context;

import io.asyncore.ChannelMap;
import io.asyncore.server.DrainResult;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServerStartedEvent;
import io.asyncore.spring.AsyncoreServerStoppedEvent;
import io.asyncore.spring.AsyncoreServers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * The bean that builds all servers of an application and ties them to its context: they listen from its start to its
 * stop.
 *
 * <p>One bean, and not one per server, because ahead-of-time processing freezes bean definitions, while the
 * configuration that says which servers there are is read at run time.
 */
public final class ManagedServers implements AsyncoreServers, SmartLifecycle, DisposableBean {

    /** The phase of Boot's web servers, as a number because their classes may be absent. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

    private static final Logger log = LoggerFactory.getLogger(ManagedServers.class);

    private final ApplicationContext context;
    private final Map<String, ManagedServer> servers = new LinkedHashMap<>();
    private final PhaseTime time;
    private volatile boolean running;

    /** When the shutdown began that is under way. */
    private volatile @Nullable Long shutDownBegan;

    /**
     * Decides which servers exist and which bean handles each of them.
     *
     * @param specs the configured servers, and the default one even where it is not
     * @param context the application context, where ports and events are published
     * @param beans the context's bean factory, where handlers come from
     * @param parts what takes part in building them
     * @throws AsyncoreStartException if a server has no handler, or more than one, or one that cannot be
     */
    public ManagedServers(
            List<ServerSpec> specs,
            ApplicationContext context,
            ConfigurableListableBeanFactory beans,
            ServerParts parts) {
        this(context);
        HandlerResolver.resolve(specs, beans).forEach((spec, handler) -> {
            handler.check(beans);
            log.info("{} serves connections with {}", spec.title(), handler.describe(beans));
            servers.put(spec.name(), managed(spec, handler, beans, parts));
        });
    }

    private ManagedServers(ApplicationContext context) {
        this.context = context;
        time = PhaseTime.of(context.getEnvironment());
    }

    /**
     * No servers at all, and a line in the log that says why: where the bean was decided upon ahead of time, and the servers are
     * switched off at run time.
     *
     * @param context the application context
     * @param switchedOff who says that there shall be no servers
     */
    public static ManagedServers none(ApplicationContext context, String switchedOff) {
        NothingListens.tellWhy(switchedOff);
        return new ManagedServers(context);
    }

    private static ManagedServer managed(
            ServerSpec spec, HandlerCandidate handler, ConfigurableListableBeanFactory beans, ServerParts parts) {
        ServerTls tls = spec.tls() == null
                ? null
                : ServerTls.of(spec, spec.tls(), parts.bundles().getIfAvailable());
        return new ManagedServer(
                spec,
                builder -> {
                    if (tls != null) {
                        builder.ssl(tls.option());
                    }
                    handler.handle(builder, beans);
                    parts.applyTo(builder, spec.name());
                },
                parts.executor().getExecutor());
    }

    /** Is there a bean that could handle connections, or claims to? Creates none. */
    public static boolean hasHandlers(ConfigurableListableBeanFactory beans) {
        return HandlerCandidate.isAnyIn(beans);
    }

    @Override
    public AsyncoreServer get(String name) {
        AsyncoreServer server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException("No server '" + name + "', only " + servers.keySet());
        }
        return server;
    }

    @Override
    public List<AsyncoreServer> all() {
        return List.copyOf(servers.values());
    }

    @Override
    public void start() {
        try {
            for (ManagedServer server : servers.values()) {
                server.start(servers.values());
                log.info(server.describe());
                LocalPorts.publish(server, context);
            }
            running = true;
            servers.values().forEach(server -> context.publishEvent(new AsyncoreServerStartedEvent(server)));
        } catch (Throwable failed) {
            destroy();
            throw failed;
        }
    }

    /**
     * Lets the connections of the graceful servers finish; the others are served until {@link #stop()}.
     *
     * @param grace the time that they have
     * @return completes when they have ended, or have been cut
     */
    CompletableFuture<Void> shutDown(Duration grace) {
        shutDownBegan = System.nanoTime();
        List<ManagedServer> graceful = servers.values().stream()
                .filter(server -> server.isGraceful() && server.isRunning())
                .toList();
        if (graceful.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        StopLog.info("Commencing graceful shutdown. Waiting for open connections to finish");
        List<CompletableFuture<DrainResult>> results =
                graceful.stream().map(server -> server.shutDown(grace)).toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenRun(() -> report(results.stream()
                        .mapToInt(result -> result.join().forced())
                        .sum()));
    }

    private static void report(int forced) {
        if (forced == 0) {
            StopLog.info("Graceful shutdown complete");
        } else {
            StopLog.info("Graceful shutdown aborted with {} connections still open", forced);
        }
    }

    @Override
    public void stop() {
        running = false;
        stopServers().forEach(server -> context.publishEvent(new AsyncoreServerStoppedEvent(server)));
    }

    /** A context whose start failed is destroyed without being stopped. */
    @Override
    public void destroy() {
        running = false;
        stopServers();
    }

    /** All at once, as each may need all of the time. */
    private List<AsyncoreServer> stopServers() {
        Duration longest = time.toClose(elapsed());
        Executor threads = ChannelMap.current().loop().inLoop() ? Runnable::run : ManagedServers::startStopping;
        Map<AsyncoreServer, CompletableFuture<Boolean>> stops = new LinkedHashMap<>();
        for (ManagedServer server : servers.values()) {
            stops.put(server, CompletableFuture.supplyAsync(() -> server.stop(longest), threads));
        }
        stops.values().removeIf(stop -> !stop.join());
        return List.copyOf(stops.keySet());
    }

    /** A loop must not wait for a thread that waits for it: what a handler stops, it stops itself. */
    private static void startStopping(Runnable work) {
        new Thread(work, "asyncore-stop").start();
    }

    private Duration elapsed() {
        Long began = shutDownBegan;
        shutDownBegan = null;
        return began == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Like Boot's web servers: a paused context, such as one that a test framework caches, keeps its servers. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}

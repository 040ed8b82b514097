package io.asyncore.spring.context;

import io.asyncore.ChannelGroup;
import io.asyncore.ChannelSnapshot;
import io.asyncore.Dispatcher;
import io.asyncore.server.DrainResult;
import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One configured server: builds a new {@link Server} each time it is started. */
final class ManagedServer implements AsyncoreServer {

    private final ServerSpec spec;
    private final Consumer<Server.Builder> wiring;
    private final Executor offloadExecutor;
    private final Map<String, ChannelGroup> groups = new ConcurrentHashMap<>();
    private volatile @Nullable Server current;
    private volatile boolean draining;
    private volatile @Nullable CompletableFuture<DrainResult> drain;

    /** The wiring runs after the configuration keys were applied to the builder. */
    ManagedServer(ServerSpec spec, Consumer<Server.Builder> wiring, Executor offloadExecutor) {
        this.spec = spec;
        this.wiring = wiring;
        this.offloadExecutor = offloadExecutor;
    }

    /**
     * Binds on the calling thread.
     *
     * @param all the servers of the application; one of them may be in the way
     */
    void start(Collection<ManagedServer> all) {
        Server.Builder builder = Server.builder().name(spec.name());
        spec.settings().accept(builder);
        wiring.accept(builder);
        try {
            draining = false;
            drain = null;
            current = builder.start();
        } catch (IOException refused) {
            throw BindFailure.of(spec, refused, occupant(all));
        } catch (IllegalArgumentException refused) {
            throw OptionFailure.ofBuilt(spec.name(), refused);
        }
    }

    private @Nullable ServerSpec occupant(Collection<ManagedServer> all) {
        for (ManagedServer other : all) {
            if (other != this && other.isRunning() && (hasPortOf(other) || hasPathOf(other))) {
                return other.spec;
            }
        }
        return null;
    }

    private boolean hasPortOf(ManagedServer other) {
        return spec.port() != null && spec.port() == other.port();
    }

    private boolean hasPathOf(ManagedServer other) {
        return spec.path() != null && spec.path().equals(other.spec.path());
    }

    boolean isGraceful() {
        return spec.shutdown() == Shutdown.GRACEFUL;
    }

    /** Refuses connections from now on and lets those that are open finish. */
    CompletableFuture<DrainResult> shutDown(Duration grace) {
        Server server = current;
        draining = true;
        if (server == null) {
            return CompletableFuture.completedFuture(new DrainResult(0, 0));
        }
        CompletableFuture<DrainResult> begun = server.shutdown(grace);
        drain = begun;
        return begun;
    }

    /** Ends the server with all its connections, in that time at most. Returns false if it did not run. */
    boolean stop(Duration longest) {
        Server server = current;
        if (server == null) {
            return false;
        }
        current = null;
        String end = end(server);
        server.close(longest);
        StopLog.info("{} {}", spec.title(), end);
        draining = false;
        return true;
    }

    /** What the log says of its end, which is about to come. */
    private String end(Server server) {
        CompletableFuture<DrainResult> drained = drain;
        if (drained != null && drained.isDone() && !drained.isCompletedExceptionally()) {
            return "stopped, connections cut: " + drained.join().forced();
        }
        return server.isRunning()
                ? "stopped, connections cut: " + server.connectionCount()
                : "stopped, after it had ended by itself";
    }

    /** How the log calls it and says where it listens. */
    String describe() {
        Server server = current;
        return spec.title()
                + (server == null
                        ? ""
                        : " started on "
                                + server.addresses().stream()
                                        .map(this::describe)
                                        .collect(Collectors.joining(" and ")));
    }

    private String describe(SocketAddress address) {
        boolean plain = spec.tls() == null || spec.tls().startTls();
        return address instanceof InetSocketAddress internet
                ? "port " + internet.getPort() + (plain ? " (tcp)" : " (tls)")
                : address + (plain ? " (unix)" : " (unix, tls)");
    }

    @Override
    public String toString() {
        Server server = current;
        return "AsyncoreServer[" + name() + (server == null ? ", not started]" : ", " + server.addresses() + "]");
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public @Nullable Server server() {
        return current;
    }

    @Override
    public int port() {
        Server server = current;
        return server == null ? -1 : server.port();
    }

    @Override
    public boolean isRunning() {
        Server server = current;
        return server != null && server.isRunning();
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public int channelCount() {
        Server server = current;
        return server == null
                ? 0
                : server.loops().stream().mapToInt(loop -> loop.map().size()).sum();
    }

    @Override
    public CompletableFuture<List<ChannelSnapshot>> channels() {
        Server server = current;
        return server == null ? CompletableFuture.completedFuture(List.of()) : server.channels();
    }

    @Override
    public List<Dispatcher> connections() {
        Server server = current;
        return server == null ? List.of() : server.connections();
    }

    @Override
    public ChannelGroup group(String name) {
        return groups.computeIfAbsent(name, unused -> new ChannelGroup());
    }

    @Override
    public Executor offloadExecutor() {
        return offloadExecutor;
    }
}

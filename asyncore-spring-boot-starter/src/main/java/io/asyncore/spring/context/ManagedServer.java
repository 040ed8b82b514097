package io.asyncore.spring.context;

import io.asyncore.Dispatcher;
import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One configured server: builds a new {@link Server} each time it is started. */
final class ManagedServer implements AsyncoreServer {

    private final ServerSpec spec;
    private final Consumer<Server.Builder> wiring;
    private volatile @Nullable Server current;

    /** The wiring runs after the configuration keys were applied to the builder. */
    ManagedServer(ServerSpec spec, Consumer<Server.Builder> wiring) {
        this.spec = spec;
        this.wiring = wiring;
    }

    /** Binds on the calling thread. */
    void start() {
        Server.Builder builder = Server.builder().name(spec.name());
        spec.settings().accept(builder);
        wiring.accept(builder);
        try {
            current = builder.start();
        } catch (IOException refused) {
            throw new AsyncoreStartException(
                    spec.describe() + " cannot listen on port " + spec.port() + ": " + refused.getMessage(),
                    "Stop what else listens there, or set another port or address under " + spec.prefix() + ".",
                    refused);
        }
    }

    /** Ends the server with all its connections. Returns false if it did not run. */
    boolean stop() {
        Server server = current;
        if (server == null) {
            return false;
        }
        current = null;
        server.close();
        return true;
    }

    @Override
    public String name() {
        return spec.name();
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
    public int channels() {
        Server server = current;
        return server == null ? 0 : server.loop().map().size();
    }

    @Override
    public List<Dispatcher> connections() {
        Server server = current;
        return server == null ? List.of() : server.connections();
    }
}

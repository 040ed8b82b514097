package io.asyncore.spring.actuate;

import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The actuator's endpoint {@code asyncore}: what the servers and their channels do at the moment; closes a channel where more
 * than reading is allowed. Any thread but a loop's: what is asked of channels, their loops answer.
 */
@Endpoint(id = "asyncore", defaultAccess = Access.READ_ONLY)
public class AsyncoreEndpoint {

    private final AsyncoreServers servers;
    private final AsyncoreCounters counters;

    /**
     * Creates the endpoint.
     *
     * @param servers the servers that it shows
     * @param counters what has been counted of them
     */
    public AsyncoreEndpoint(AsyncoreServers servers, AsyncoreCounters counters) {
        this.servers = servers;
        this.counters = counters;
    }

    /** All servers, and their numbers together. */
    @ReadOperation
    public ServersDescriptor servers() {
        Map<String, ServerDescriptor> all = new LinkedHashMap<>();
        servers.all().forEach(server -> all.put(server.name(), describe(server)));
        Totals totals = all.values().stream().map(ServerDescriptor::totals).reduce(Totals.NOTHING, Totals::plus);
        return new ServersDescriptor(all, totals);
    }

    private ServerDescriptor describe(AsyncoreServer server) {
        Server current = server.server();
        Totals totals = Totals.of(current, counters.of(server.name()));
        if (current == null) {
            return new ServerDescriptor(ServerDescriptor.State.STOPPED, List.of(), null, totals, List.of());
        }
        return new ServerDescriptor(
                state(server, current),
                Addresses.of(current),
                current.limits().connections(),
                totals,
                current.loops().stream().map(LoopDescriptor::of).toList());
    }

    private static ServerDescriptor.State state(AsyncoreServer server, Server current) {
        if (server.isDraining()) {
            return ServerDescriptor.State.DRAINING;
        }
        return current.isRunning() ? ServerDescriptor.State.RUNNING : ServerDescriptor.State.ENDED;
    }

    /**
     * The channels of a server, by ascending id.
     *
     * @param server the server's name
     * @param offset how many to leave out; 0 if null
     * @param limit how many to show at most, up to 1000; 100 if null
     * @param peer only those whose peer's address contains this text, unless null
     * @param state only those in this state, unless null
     * @param handler only those of the class with this name, with or without package, unless null
     * @return null if there is no such server
     */
    @ReadOperation
    public @Nullable ChannelsDescriptor channels(
            @Selector String server,
            @Nullable Integer offset,
            @Nullable Integer limit,
            @Nullable String peer,
            @Nullable String state,
            @Nullable String handler) {
        ChannelQuery query = new ChannelQuery(offset, limit, peer, state, handler);
        AsyncoreServer asked = find(server);
        return asked == null ? null : query.of(new LoopQuestions(asked).channels());
    }

    /**
     * One channel of a server.
     *
     * @param server the server's name
     * @param id the channel's number
     * @return null if there is no such server, or if it has no such channel
     */
    @ReadOperation
    public @Nullable ChannelDescriptor channel(@Selector String server, @Selector long id) {
        AsyncoreServer asked = find(server);
        return asked == null ? null : new LoopQuestions(asked).channel(id);
    }

    /**
     * Closes one channel of a server, as its handler's {@code close()} does. A listening one is the server's own.
     *
     * @param server the server's name
     * @param id the channel's number
     * @return whether there was one to close
     */
    @DeleteOperation
    public CloseDescriptor close(@Selector String server, @Selector long id) {
        AsyncoreServer asked = find(server);
        return new CloseDescriptor(asked != null && new LoopQuestions(asked).close(id));
    }

    private @Nullable AsyncoreServer find(String name) {
        return servers.all().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}

package io.asyncore.spring.actuate;

import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServerCustomizer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what each server does, for its meters and for the actuator's endpoint. The counts outlive a server that is stopped
 * and started again, so that they never fall. Any thread.
 */
public final class AsyncoreCounters implements AsyncoreServerCustomizer {

    private final Map<String, ServerCounters> counters = new ConcurrentHashMap<>();

    /** Creates it, with nothing counted. */
    public AsyncoreCounters() {}

    @Override
    public void customize(String server, Server.Builder builder) {
        ServerCounters all = of(server);
        builder.listener(all).loopListener(all::loop).loopListener(all::longest);
    }

    ServerCounters of(String server) {
        return counters.computeIfAbsent(server, name -> new ServerCounters());
    }
}

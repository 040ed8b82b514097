package io.asyncore.spring;

import io.asyncore.ChannelGroup;
import io.asyncore.ChannelSnapshot;
import io.asyncore.Dispatcher;
import io.asyncore.server.Server;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One configured server of this application, whether it runs at the moment or not.
 *
 * <p>All methods may be called from any thread.
 */
public interface AsyncoreServer {

    /** The name of the server that is configured under {@code asyncore.server}. */
    String DEFAULT_NAME = "default";

    /** The server's name: {@value #DEFAULT_NAME}, or its key under {@code asyncore.servers}. */
    String name();

    /**
     * The port that the server really listens on, also where port 0 was configured; -1 while it does not run, or if it
     * listens on a Unix-domain socket alone.
     */
    int port();

    /** Whether the server accepts and serves connections, or drains. */
    boolean isRunning();

    /** Whether the server is shutting down: it refuses connections, and those that are open finish. */
    boolean isDraining();

    /** The number of channels of the server's loops, listeners included; 0 while it does not run. */
    int channelCount();

    /**
     * How all channels of the server's loops are, listeners included: asked on each loop in its turn, so that it completes on
     * the loops' threads. Empty while the server does not run. What addresses say is the peer's word.
     */
    CompletableFuture<List<ChannelSnapshot>> channels();

    /** The handlers of the connections that the server serves now, as a snapshot, oldest first. */
    List<Dispatcher> connections();

    /**
     * A group of this server's channels: handlers join it, and whoever wants to reach them sends to it, on any thread. It is
     * made when it is first asked for, outlives a restart of the server, and is never removed: do not take names from
     * peers.
     *
     * @param name any name; the same name is the same group
     */
    ChannelGroup group(String name);

    /** Runs what the server's handlers {@code offload}, and whatever else may block. */
    Executor offloadExecutor();

    /** The server itself as long as it runs, with loops, limits and counts; a restart makes a new one. */
    @Nullable Server server();
}

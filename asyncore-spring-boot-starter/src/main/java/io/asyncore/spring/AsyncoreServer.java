package io.asyncore.spring;

import io.asyncore.Dispatcher;
import java.util.List;

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

    /** The port that the server really listens on, also where port 0 was configured; -1 while it does not run. */
    int port();

    /** Whether the server accepts and serves connections. */
    boolean isRunning();

    /** The number of channels in the server's map, its listener included; 0 while it does not run. */
    int channels();

    /** The connections that the server serves now, as a snapshot. */
    List<Dispatcher> connections();
}

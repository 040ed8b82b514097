package io.asyncore.spring;

import org.springframework.context.ApplicationEvent;

/**
 * Tells that a server listens, and its port is published. Published on the thread that starts or stops the
 * application context.
 */
@SuppressWarnings("serial")
public final class AsyncoreServerStartedEvent extends ApplicationEvent {

    /**
     * Creates the event.
     *
     * @param server the server that it is about
     */
    public AsyncoreServerStartedEvent(AsyncoreServer server) {
        super(server);
    }

    /** The server that the event is about. */
    public AsyncoreServer getServer() {
        return (AsyncoreServer) getSource();
    }
}

package io.asyncore.spring;

import org.springframework.context.ApplicationEvent;

/**
 * Tells that a server no longer listens and has closed its connections. Published on the thread that starts or stops
 * the application context.
 */
@SuppressWarnings("serial")
public final class AsyncoreServerStoppedEvent extends ApplicationEvent {

    /**
     * Creates the event.
     *
     * @param server the server that it is about
     */
    public AsyncoreServerStoppedEvent(AsyncoreServer server) {
        super(server);
    }

    /** The server that the event is about. */
    public AsyncoreServer getServer() {
        return (AsyncoreServer) getSource();
    }
}

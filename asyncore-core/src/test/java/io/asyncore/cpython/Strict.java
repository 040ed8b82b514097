package io.asyncore.cpython;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.transport.Transport;
import java.net.SocketAddress;

/** A dispatcher that expects nothing: each event that a test did not allow by overriding its handler ends the loop. */
class Strict extends Dispatcher {

    /** Set by whatever the test waits for. */
    boolean flag;

    Strict(ChannelMap map) {
        super(map);
    }

    Strict(Transport socket) {
        super(socket);
    }

    @Override
    protected void handleAccepted(Transport socket, SocketAddress address) throws Exception {
        throw new AssertionError("handleAccepted is not supposed to be called");
    }

    @Override
    protected void handleConnect() throws Exception {
        throw new AssertionError("handleConnect is not supposed to be called");
    }

    @Override
    protected void handleExpt() throws Exception {
        throw new AssertionError("handleExpt is not supposed to be called");
    }

    @Override
    protected void handleClose() throws Exception {
        throw new AssertionError("handleClose is not supposed to be called");
    }

    /** Passes on what a handler threw; what this method throws leaves the loop. */
    @Override
    protected void handleError(Throwable error) throws Exception {
        if (error instanceof Exception exception) {
            throw exception;
        }
        throw (Error) error;
    }
}

package io.asyncore.cpython;

import io.asyncore.ChannelMap;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;

/** Gives every accepted connection to a new handler. */
final class StrictServer extends StrictListener {

    /** Makes the handler of one connection. */
    interface Handlers {
        Strict handle(Transport socket) throws Exception;
    }

    private final Handlers handlers;

    StrictServer(ProtocolFamily family, SocketAddress address, ChannelMap map, Handlers handlers) throws IOException {
        super(family, address, map);
        this.handlers = handlers;
    }

    @Override
    protected void handleAccepted(Transport socket, SocketAddress address) throws Exception {
        handlers.handle(socket);
    }
}

package io.asyncore.server;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.TracksInterest;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Listens, and hands every accepted connection to the {@link Reception}. On the thread of the server's first loop. While
 * the server is full it is not readable, so that further clients wait in the kernel's queue.
 */
@TracksInterest
final class Acceptor extends Dispatcher {

    private final Reception reception;
    private final int acceptsPerTurn;
    private @Nullable UnixPath path;

    Acceptor(ChannelMap map, Reception reception, int acceptsPerTurn) {
        super(map);
        this.reception = reception;
        this.acceptsPerTurn = acceptsPerTurn;
    }

    @Override
    protected boolean readable() {
        return reception.isOpen();
    }

    /** All that wait, up to a bound, so that a flood of new clients does not keep the old ones from being served. */
    @Override
    protected void handleAccept() throws Exception {
        for (int accepted = 0; accepted < acceptsPerTurn && readable() && !isClosed(); accepted++) {
            Transport socket = accept();
            if (socket == null) {
                return;
            }
            welcome(socket);
        }
    }

    private void welcome(Transport socket) throws Exception {
        SocketAddress peer = socket.remoteAddress();
        if (peer == null) {
            socket.close(); // gone before it was looked at
        } else {
            reception.accepted(this, socket, peer);
        }
    }

    /** A connection that was given to another loop could not be served there. On that loop. */
    void failedElsewhere(Throwable error) {
        try {
            handleError(error);
        } catch (Exception e) {
            error.addSuppressed(e);
        }
    }

    // ---- where it listens ----

    /** The file of its Unix-domain socket, to be removed when it closes. */
    void owns(UnixPath made) {
        path = made;
    }

    SocketAddress boundAddress() {
        SocketAddress bound = address();
        if (bound == null) {
            throw new IllegalStateException(this + " is not bound");
        }
        return bound;
    }

    @Override
    public void close() {
        if (path != null && !isClosed()) {
            removePath(path);
        }
        super.close();
    }

    private void removePath(UnixPath made) {
        try {
            made.remove();
        } catch (IOException e) {
            logInfo("cannot remove " + made + ": " + e, "warning");
        }
    }
}

package io.asyncore.server;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.descriptors.Await;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;

/** Listens at a path, and counts who comes. Turns its loop on the thread of whoever waits. */
final class UnixDoor implements AutoCloseable {

    private final ChannelMap map = new ChannelMap();
    private final Listener listener = new Listener(map);
    private final UnixPath file;

    UnixDoor(Path path) throws IOException {
        this(path, UnixPath.DEFAULT_PERMISSIONS);
    }

    UnixDoor(Path path, Set<PosixFilePermission> permissions) throws IOException {
        try {
            file = UnixPath.listen(listener, path, permissions, 511);
        } catch (IOException e) {
            closeListener();
            throw e;
        }
    }

    UnixPath file() {
        return file;
    }

    void awaitClients(int count) throws Exception {
        Await.turning(map, count + " clients", () -> listener.clients >= count);
    }

    private void closeListener() throws IOException {
        listener.close();
        Asyncore.poll(Duration.ZERO, map);
    }

    @Override
    public void close() throws IOException {
        file.remove();
        closeListener();
    }

    private static final class Listener extends Dispatcher {
        private int clients;

        Listener(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleAccepted(Transport socket, SocketAddress peer) {
            clients++;
            socket.close();
        }
    }
}

package io.asyncore.server;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.chat.LineChat;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;

/** Echoes lines at a path on a loop of its own; as a program, until its standard input ends. */
final class UnixEcho implements AutoCloseable {

    private final EventLoop loop = new EventLoop(new ChannelMap());
    private final UnixPath file;
    private final Thread thread;

    UnixEcho(Path path) throws IOException {
        Listener listener = new Listener(loop.map());
        try {
            file = UnixPath.listen(listener, path, UnixPath.DEFAULT_PERMISSIONS, 511);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        thread = loop.start(body -> new Thread(body, "echo at " + path));
    }

    @Override
    public void close() throws IOException {
        file.remove();
        loop.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] arguments) throws Exception {
        try (UnixEcho echo = new UnixEcho(Path.of(arguments[0]))) {
            System.out.println("process " + ProcessHandle.current().pid() + " listens on " + echo.file);
            while (System.in.read() >= 0) {
                // nobody says anything
            }
        }
    }

    private static final class Listener extends Dispatcher {
        Listener(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleAccepted(Transport socket, SocketAddress peer) {
            new Echo(socket, map());
        }
    }

    private static final class Echo extends LineChat {
        Echo(Transport socket, ChannelMap map) {
            super(socket, map);
        }

        @Override
        protected void handleLine(String line) {
            pushLine(line);
        }
    }
}

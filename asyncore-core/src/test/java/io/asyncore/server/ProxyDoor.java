package io.asyncore.server;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.chat.LineChat;
import io.asyncore.transport.Transport;
import io.asyncore.transport.proxy.ProxiedTransport;
import io.asyncore.transport.proxy.ProxyHeader;
import io.asyncore.transport.proxy.ProxyHeaderException;
import io.asyncore.transport.proxy.ProxyHeaderParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes connections from a proxy, on a loop of its own, and tells each client its address. */
final class ProxyDoor implements AutoCloseable {

    private final EventLoop loop = new EventLoop(new ChannelMap());
    private final InetSocketAddress address;
    private final Thread thread;
    private final List<ProxyHeader> headers = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    ProxyDoor() throws IOException {
        Listener listener = new Listener(loop.map());
        listener.createSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.listen(50);
        address = (InetSocketAddress) listener.address();
        thread = loop.start(body -> new Thread(body, "behind a proxy"));
    }

    int port() {
        return address.getPort();
    }

    /** What the proxy has told so far. */
    List<ProxyHeader> headers() {
        return headers;
    }

    /** Why connections were closed. */
    List<String> refusals() {
        return refusals;
    }

    @Override
    public void close() {
        loop.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener extends Dispatcher {
        Listener(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleAccepted(Transport socket, SocketAddress peer) {
            new Waiting(socket, map());
        }
    }

    /** Reads the header, and hands the connection on. */
    private final class Waiting extends Dispatcher {
        private final ProxyHeaderParser parser = new ProxyHeaderParser();

        Waiting(Transport socket, ChannelMap map) {
            super(socket, map);
        }

        @Override
        protected void handleRead() throws IOException {
            ByteBuffer input = recv();
            ProxyHeader header = parsed(input);
            if (header != null) {
                headers.add(header);
                delChannel();
                new Who(new ProxiedTransport(socket(), header, input), map());
            }
        }

        private @Nullable ProxyHeader parsed(ByteBuffer input) {
            try {
                return parser.feed(input);
            } catch (ProxyHeaderException e) {
                refusals.add(e.getMessage());
                close();
                return null;
            }
        }
    }

    private static final class Who extends LineChat {
        Who(Transport socket, ChannelMap map) {
            super(socket, map);
        }

        @Override
        protected void handleLine(String line) {
            pushLine(line + " " + address());
        }
    }
}

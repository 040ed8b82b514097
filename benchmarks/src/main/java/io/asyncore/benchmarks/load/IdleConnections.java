package io.asyncore.benchmarks.load;

import io.asyncore.benchmarks.servers.Protocol;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that have exchanged one message each and do nothing more until they are closed. Not safe for threads. */
public final class IdleConnections implements Closeable {

    private static final int SIZE = 64;

    private final List<SocketChannel> channels = new ArrayList<>();

    /** Opens so many, one after the other. */
    public IdleConnections(int port, Protocol protocol, int count) throws IOException {
        Messages messages = new Messages(new Load(protocol, 1, SIZE, 1));
        ByteBuffer input = ByteBuffer.allocateDirect(SIZE);
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel channel = Loopback.connect(port);
                channels.add(channel);
                Loopback.exchange(channel, messages, input, SIZE);
            }
        } catch (IOException e) {
            close();
            throw new IOException("only " + channels.size() + " of " + count + " connections", e);
        }
    }

    /** How many there are. */
    public int count() {
        return channels.size();
    }

    @Override
    public void close() {
        channels.forEach(Loopback::close);
    }
}

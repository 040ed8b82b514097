package io.asyncore.golden;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The other end: a raw connected socket that a scenario moves by hand. */
final class Peer implements AutoCloseable {

    private final SocketChannel socket;
    private String end = "";

    Peer(SocketChannel socket) {
        this.socket = socket;
    }

    void send(String text) throws IOException {
        send(Text.bytes(text));
    }

    void send(byte[] data) throws IOException {
        socket.configureBlocking(true);
        socket.write(ByteBuffer.wrap(data));
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Closes so that the other side sees a reset instead of an end. */
    void reset() throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
    }

    /** What has arrived, without waiting: no bytes when there is nothing or when {@link #end()} tells the end. */
    byte[] take() throws IOException {
        socket.configureBlocking(false);
        ByteBuffer data = ByteBuffer.allocate(1 << 16);
        try {
            if (socket.read(data) < 0) {
                end = "end";
            }
        } catch (IOException lost) {
            end = "reset";
        }
        byte[] taken = new byte[data.flip().remaining()];
        data.get(taken);
        return taken;
    }

    /** Empty, or {@code end} or {@code reset} when {@link #take()} has come upon it. */
    String end() {
        return end;
    }
}

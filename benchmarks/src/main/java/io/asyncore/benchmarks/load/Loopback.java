package io.asyncore.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Connections to this machine. */
final class Loopback {

    private Loopback() {}

    static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static SocketChannel connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(at(port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /** Sends one message on a blocking connection and waits until it is back. */
    static void exchange(SocketChannel channel, Messages messages, ByteBuffer input, int size) throws IOException {
        ByteBuffer output = messages.select(messages.view(), 0, size);
        ByteBuffer expected = output.duplicate();
        channel.write(output);
        input.clear().limit(size);
        while (input.hasRemaining()) {
            if (channel.read(input) < 0) {
                throw new IOException("the server has closed a connection");
            }
        }
        if (!input.flip().equals(expected)) {
            throw new IOException("the server answers with other bytes than it was sent");
        }
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException nothingLeftToDo) {
            // gone either way
        }
    }
}

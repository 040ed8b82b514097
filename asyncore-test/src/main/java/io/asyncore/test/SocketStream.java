package io.asyncore.test;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;

/** A TCP or Unix-domain socket. It has a selector, because only so a write or a connect can be given a time as well. */
final class SocketStream implements ByteStream {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private SocketStream(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = channel.provider().openSelector();
        key = channel.register(selector, 0);
    }

    static SocketStream connect(SocketAddress server, Deadline deadline) throws IOException {
        SocketChannel channel = open(server);
        try {
            SocketStream stream = new SocketStream(channel);
            if (!channel.connect(server)) {
                do {
                    stream.await(SelectionKey.OP_CONNECT, deadline);
                } while (!channel.finishConnect());
            }
            return stream;
        } catch (UnresolvedAddressException e) {
            channel.close();
            throw new IOException("there is no such host", e);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    private static SocketChannel open(SocketAddress server) throws IOException {
        if (server instanceof UnixDomainSocketAddress) {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        }
        SocketChannel channel = SocketChannel.open();
        // A test sends little and waits for the answer.
        return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    SocketAddress localAddress() throws IOException {
        return channel.getLocalAddress();
    }

    @Override
    public int read(ByteBuffer into, Deadline deadline) throws IOException {
        int count = channel.read(into);
        while (count == 0) {
            await(SelectionKey.OP_READ, deadline);
            count = channel.read(into);
        }
        return count;
    }

    @Override
    public void write(ByteBuffer from, Deadline deadline) throws IOException {
        while (from.hasRemaining()) {
            if (channel.write(from) == 0) {
                await(SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    private void await(int operation, Deadline deadline) throws IOException {
        key.interestOps(operation);
        while (selector.select(deadline.millisLeft()) == 0) {
            deadline.millisLeft();
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void shutdownOutput(Deadline deadline) throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            selector.close(); // the channel is half alive as long as a selector knows it
        }
    }
}

package io.asyncore.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** UDP. */
final class NioDatagram extends NioSocket implements DatagramTransport {

    private final DatagramChannel channel;

    NioDatagram(DatagramChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
    }

    @Override
    SelectableChannel channel() {
        return channel;
    }

    @Override
    int toKeyOps(int ops) {
        return readWriteOps(ops);
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        try {
            channel.bind(address);
        } catch (BindException e) {
            throw naming(address, e);
        }
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        channel.connect(address);
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.isConnected() ? channel.read(target) : receivedFromAnyone(target);
    }

    private int receivedFromAnyone(ByteBuffer target) throws IOException {
        int before = target.position();
        channel.receive(target);
        return target.position() - before;
    }

    @Override
    public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
        return channel.receive(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public int send(ByteBuffer source, SocketAddress target) throws IOException {
        return channel.send(source, target);
    }

    /** Datagrams know no end. */
    @Override
    public void shutdownOutput() {}

    @Override
    public @Nullable SocketAddress remoteAddress() {
        try {
            return isOpen() ? channel.getRemoteAddress() : null;
        } catch (IOException closedMeanwhile) {
            return null;
        }
    }
}

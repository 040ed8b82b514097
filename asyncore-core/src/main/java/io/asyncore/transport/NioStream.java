package io.asyncore.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** TCP and Unix-domain streams; by itself one that was accepted, which has nothing to become any more. */
class NioStream extends NioSocket implements StreamTransport {

    /** None as soon as it listens. */
    private @Nullable SocketChannel stream;

    NioStream(SocketChannel stream) throws IOException {
        this.stream = stream;
        try {
            stream.configureBlocking(false);
        } catch (IOException e) {
            closeQuietly(stream);
            throw e;
        }
    }

    @Override
    SelectableChannel channel() {
        if (stream == null) {
            throw new IllegalStateException("a stream without a channel");
        }
        return stream;
    }

    final SocketChannel stream() throws IOException {
        if (stream == null) {
            throw new IOException("a listening socket neither connects nor carries data");
        }
        return stream;
    }

    final boolean isConnected() {
        return stream != null && stream.isConnected();
    }

    /** Another channel stands for this socket now. */
    final void becomesListener() {
        if (stream != null) {
            closeQuietly(stream);
            stream = null;
        }
    }

    @Override
    int toKeyOps(int ops) {
        return readWriteOps(ops);
    }

    // ---- what only one that is opened can become ----

    @Override
    public void bind(SocketAddress address) throws IOException {
        stream().bind(address);
    }

    @Override
    public void listen(int backlog) throws IOException {
        throw new IOException("an accepted socket cannot listen");
    }

    @Override
    public @Nullable StreamTransport accept() throws IOException {
        throw new IOException("only a listening socket accepts");
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        stream().connect(address);
    }

    @Override
    public boolean finishConnect() throws IOException {
        return stream().finishConnect();
    }

    // ---- bytes ----

    @Override
    public int read(ByteBuffer target) throws IOException {
        return stream().read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return stream().write(source);
    }

    @Override
    public void shutdownOutput() throws IOException {
        stream().shutdownOutput();
    }

    // ---- addresses ----

    @Override
    public final @Nullable SocketAddress remoteAddress() {
        try {
            return stream == null || !isOpen() ? null : stream.getRemoteAddress();
        } catch (IOException closedMeanwhile) {
            return null;
        }
    }

    boolean isUnix() {
        return localAddress() instanceof UnixDomainSocketAddress;
    }

    @Override
    public final void abort() {
        if (stream != null && isOpen() && !isUnix()) {
            try {
                stream.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException lostAnyway) {
                // the peer has gone: there is nobody to see the reset
            }
        }
        close();
    }
}

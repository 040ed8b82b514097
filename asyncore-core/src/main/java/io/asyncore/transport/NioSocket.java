package io.asyncore.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * What the NIO sockets share: one channel, its options and its watch, for which no object of its own is needed. The key of
 * the watch is asked of the channel when it is needed, which is rare: without a field for it, and without that of
 * {@link NioRenamed}, a connection is 8 bytes smaller.
 */
abstract class NioSocket implements SocketTransport, Registration {

    private volatile boolean open = true;
    private @Nullable NioPoller watcher;

    /** The channel that stands for this socket now; a stream changes it when it starts to listen. */
    abstract SelectableChannel channel();

    /** Our bits as a selection key's. */
    abstract int toKeyOps(int ops);

    /** A selection key's bits as ours. */
    static int fromKeyOps(int keyOps) {
        int ops = 0;
        if ((keyOps & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
            ops |= READ;
        }
        if ((keyOps & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0) {
            ops |= WRITE;
        }
        return ops;
    }

    static int readWriteOps(int ops) {
        return ((ops & READ) != 0 ? SelectionKey.OP_READ : 0) | ((ops & WRITE) != 0 ? SelectionKey.OP_WRITE : 0);
    }

    @Override
    public Registration register(Poller poller, Object channel) throws IOException {
        if (!(poller instanceof NioPoller nio)) {
            throw new IllegalArgumentException("a NIO socket needs a NIO poller, not " + poller);
        }
        watcher = nio;
        nio.register(channel(), channel);
        return this;
    }

    @Override
    public void interest(int ops) {
        if (watcher != null) {
            watcher.interest(channel(), toKeyOps(ops));
        }
    }

    /** A close has done it. */
    @Override
    public void cancel() {
        if (watcher != null && open) {
            watcher.cancel(channel());
        }
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        ((NetworkChannel) channel()).setOption(option, value);
    }

    @Override
    public <T> @Nullable T getOption(SocketOption<T> option) throws IOException {
        return ((NetworkChannel) channel()).getOption(option);
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        try {
            return isOpen() ? ((NetworkChannel) channel()).getLocalAddress() : null;
        } catch (IOException closedMeanwhile) {
            return null;
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            if (watcher != null) {
                watcher.closeBegun();
            }
            closeQuietly(channel());
        }
    }

    /** The JDK's message does not say which address it was. */
    static BindException naming(SocketAddress address, BindException cause) {
        BindException named = new BindException("cannot bind " + address + ": " + cause.getMessage());
        named.initCause(cause);
        return named;
    }

    /** Failure to close leaves nothing that could still be done with the channel. */
    static void closeQuietly(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException nothingLeftToDo) {
            // the descriptor is gone either way
        }
    }
}

package io.asyncore.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * TCP and Unix-domain streams.
 *
 * <p>NIO wants to know at the bind whether a socket will listen, Python tells only afterwards. So {@code bind} binds a
 * {@link SocketChannel}, which fails if the address is taken, and {@code listen} puts a {@link ServerSocketChannel} on
 * the same address while the first still holds it (both with SO_REUSEADDR by then). A Unix path can be bound only once:
 * there the listening channel is bound at {@code bind}.
 */
final class NioStream extends NioSocket implements StreamTransport {

    private final ProtocolFamily family;
    private @Nullable SocketChannel stream;
    private @Nullable ServerSocketChannel listener;
    private @Nullable SpareDescriptor spare;
    private boolean connecting;

    /** What a Unix-domain listener has that is not told in time. */
    private int unixBacklog = 511;

    /** If it is not the one that it was bound to. */
    private @Nullable SocketAddress knownAs;

    private Map<SocketOption<?>, Object> early = Map.of();

    private NioStream(ProtocolFamily family, SocketChannel stream) {
        this.family = family;
        this.stream = stream;
    }

    static NioStream open(ProtocolFamily family) throws IOException {
        return nonBlocking(family, SocketChannel.open(family));
    }

    private static NioStream nonBlocking(ProtocolFamily family, SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            return new NioStream(family, channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    @Override
    SelectableChannel channel() {
        if (listener != null) {
            return listener;
        }
        if (stream != null) {
            return stream;
        }
        throw new IllegalStateException("a stream without a channel");
    }

    private SocketChannel stream() throws IOException {
        if (stream == null || listener != null) {
            throw new IOException("a listening socket neither connects nor carries data");
        }
        return stream;
    }

    @Override
    int connectedOps(int ops) {
        if (listener != null) {
            return (ops & READ) != 0 ? SelectionKey.OP_ACCEPT : 0;
        }
        if (connecting) {
            return (ops & WRITE) != 0 ? SelectionKey.OP_CONNECT : 0;
        }
        return readWriteOps(ops);
    }

    private boolean isUnix() {
        return family == StandardProtocolFamily.UNIX;
    }

    @Override
    public void willListen(int backlog, SocketAddress address) {
        unixBacklog = backlog;
        knownAs = address;
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        SocketAddress bound = super.localAddress();
        return bound == null || knownAs == null ? bound : knownAs;
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        if (isUnix()) {
            stream(); // bound once already?
            ServerSocketChannel opened = ServerSocketChannel.open(family);
            startListening(opened, address, unixBacklog);
            return;
        }
        SocketChannel unbound = stream();
        unbound.setOption(StandardSocketOptions.SO_REUSEADDR, reusesAddress());
        try {
            unbound.bind(address);
        } catch (BindException e) {
            throw naming(address, e);
        }
    }

    /** Yes, unless it was told otherwise. */
    private boolean reusesAddress() {
        return !Boolean.FALSE.equals(early.get(StandardSocketOptions.SO_REUSEADDR));
    }

    private void startListening(ServerSocketChannel opened, SocketAddress address, int backlog) throws IOException {
        try {
            opened.configureBlocking(false);
            opened.bind(address, backlog);
        } catch (IOException | RuntimeException e) {
            closeQuietly(opened);
            if (e instanceof BindException bind) {
                throw naming(address, bind);
            }
            throw e;
        }
        listener = opened;
        if (stream != null) {
            closeQuietly(stream);
            stream = null;
        }
    }

    @Override
    public void listen(int backlog) throws IOException {
        if (listener != null) {
            return;
        }
        SocketChannel bound = stream();
        SocketAddress address = bound.getLocalAddress();
        if (address == null) {
            throw new IOException("bind an address before listen");
        }
        ServerSocketChannel opened = ServerSocketChannel.open(family);
        takeOver(opened);
        bound.setOption(StandardSocketOptions.SO_REUSEADDR, true); // which of them may have it is decided by now
        opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        startListening(opened, address, backlog);
    }

    /** Options set before the socket was known to listen, as far as a listening channel has them. */
    private void takeOver(ServerSocketChannel opened) throws IOException {
        for (Map.Entry<SocketOption<?>, Object> chosen : early.entrySet()) {
            if (opened.supportedOptions().contains(chosen.getKey())) {
                setUnchecked(opened, chosen.getKey(), chosen.getValue());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> void setUnchecked(ServerSocketChannel channel, SocketOption<T> option, Object value)
            throws IOException {
        channel.setOption(option, (T) value);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        super.setOption(option, value);
        if (stream != null && !stream.isConnected()) {
            if (early.isEmpty()) {
                early = new HashMap<>();
            }
            early.put(option, value);
        }
    }

    @Override
    public @Nullable StreamTransport accept() throws IOException {
        if (listener == null) {
            throw new IOException("only a listening socket accepts");
        }
        if (spare == null) {
            spare = new SpareDescriptor();
        }
        try {
            SocketChannel accepted = listener.accept();
            return accepted == null ? null : accepted(accepted);
        } catch (IOException e) {
            giveUpSpare();
            throw e;
        }
    }

    private NioStream accepted(SocketChannel channel) throws IOException {
        NioStream stream = nonBlocking(family, channel);
        stream.knownAs = knownAs;
        return stream;
    }

    private void giveUpSpare() {
        if (spare != null) {
            spare.close();
            spare = null;
        }
    }

    @Override
    public void close() {
        giveUpSpare();
        super.close();
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        SocketChannel unconnected = stream();
        try {
            unconnected.connect(address);
            connecting = true;
        } catch (IOException | RuntimeException e) {
            close(); // most failures have made NIO close the channel already
            throw e;
        }
    }

    @Override
    public boolean finishConnect() throws IOException {
        if (!stream().finishConnect()) {
            return false;
        }
        connecting = false;
        return true;
    }

    /** A connect that succeeded at once raises no event. */
    @Override
    public int localReadiness() {
        return connecting && stream != null && stream.isConnected() ? WRITE : 0;
    }

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

    @Override
    public @Nullable SocketAddress remoteAddress() {
        try {
            return stream == null || !isOpen() ? null : stream.getRemoteAddress();
        } catch (IOException closedMeanwhile) {
            return null;
        }
    }

    @Override
    public void abort() {
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

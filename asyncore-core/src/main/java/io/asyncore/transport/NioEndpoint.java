package io.asyncore.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is opened to become something: a client, or a listener.
 *
 * <p>NIO wants to know at the bind whether a socket will listen, Python tells only afterwards. So {@code bind} binds a
 * {@link SocketChannel}, which fails if the address is taken, and {@code listen} puts a {@link ServerSocketChannel} on
 * the same address while the first still holds it (both with SO_REUSEADDR by then). A Unix path can be bound only once:
 * there the listening channel is bound at {@code bind}.
 */
final class NioEndpoint extends NioRenamed {

    private final ProtocolFamily family;
    private @Nullable ServerSocketChannel listener;
    private @Nullable SpareDescriptor spare;
    private boolean connecting;

    /** What a Unix-domain listener has that is not told in time. */
    private int unixBacklog = 511;

    private Map<SocketOption<?>, Object> early = Map.of();

    private NioEndpoint(ProtocolFamily family, SocketChannel unconnected) throws IOException {
        super(unconnected, null);
        this.family = family;
    }

    static NioEndpoint open(ProtocolFamily family) throws IOException {
        return new NioEndpoint(family, SocketChannel.open(family));
    }

    @Override
    SelectableChannel channel() {
        if (listener != null) {
            return listener;
        }
        return super.channel();
    }

    @Override
    int toKeyOps(int ops) {
        if (listener != null) {
            return (ops & READ) != 0 ? SelectionKey.OP_ACCEPT : 0;
        }
        if (connecting) {
            return (ops & WRITE) != 0 ? SelectionKey.OP_CONNECT : 0;
        }
        return super.toKeyOps(ops);
    }

    @Override
    boolean isUnix() {
        return family == StandardProtocolFamily.UNIX;
    }

    @Override
    public void willListen(int backlog, SocketAddress address) {
        unixBacklog = backlog;
        becomesKnownAs(address);
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        if (isUnix()) {
            stream(); // or is it bound already?
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
        becomesListener();
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
        if (listener == null && !stream().isConnected()) {
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
            return accepted == null ? null : knownLikeThis(accepted);
        } catch (IOException e) {
            giveUpSpare();
            throw e;
        }
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
        return connecting && isConnected() ? WRITE : 0;
    }
}

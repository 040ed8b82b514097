package io.asyncore.test;

import io.asyncore.transport.Poller;
import io.asyncore.transport.Registration;
import io.asyncore.transport.SocketTransport;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What simulated streams and datagram sockets share: an address, options, and a poller that looks at them. */
abstract class SimulatedSocket implements SocketTransport {

    final SimulatedNetwork network;
    final ProtocolFamily family;
    private final Addresses<?> names;
    private final Map<SocketOption<?>, Object> options = new HashMap<>();
    private @Nullable SimulatedPoller poller;
    private @Nullable SocketAddress local;
    private volatile boolean open = true;

    SimulatedSocket(SimulatedNetwork network, ProtocolFamily family, Addresses<?> names) {
        this.network = network;
        this.family = family;
        this.names = names;
        network.opened();
    }

    /** The bits that are ready now, wanted or not. */
    abstract int readiness();

    /** The poller has named urgent data: each is named once. */
    void urgentReported() {}

    /** The other side learns that this one has closed. */
    abstract void hangUp();

    @Override
    public void bind(SocketAddress address) throws IOException {
        requireOpen();
        if (local != null) {
            throw new AlreadyBoundException();
        }
        local = names.bind(address);
    }

    /** For a socket that connects or sends without having been bound. */
    final SocketAddress bindAnywhere() throws IOException {
        SocketAddress address = local;
        if (address == null) {
            address = names.anyOf(family);
            local = address;
        }
        return address;
    }

    final void requireOpen() throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return open ? local : null;
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        requireOpen();
        options.put(option, value);
    }

    @Override
    public <T> @Nullable T getOption(SocketOption<T> option) throws IOException {
        requireOpen();
        Object value = options.get(option);
        return value == null ? null : option.type().cast(value);
    }

    @Override
    public Registration register(Poller poller, Object channel) throws IOException {
        requireOpen();
        if (!(poller instanceof SimulatedPoller simulated) || !simulated.isOf(network)) {
            throw new IllegalArgumentException("a simulated socket needs a poller of the same network, not " + poller);
        }
        this.poller = simulated;
        return simulated.watch(this, channel);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            hangUp();
            closed();
        }
    }

    /** As with NIO, a watched socket keeps its address until its poller has had a look. */
    final void closed() {
        open = false;
        network.closed();
        if (poller != null) {
            poller.closeBegun(this);
        } else {
            release();
        }
    }

    /** The address is free. */
    final void release() {
        if (local != null) {
            names.free(local);
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + local + " - " + remoteAddress() + (open ? "]" : ", closed]");
    }
}

package io.asyncore;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.SocketTransport;
import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a dispatcher that makes a connection, as listener or client, and ends it: the methods that Python's
 * {@code dispatcher} shares with a socket. Confined to the loop's thread.
 */
abstract class Endpoint extends Transfer {

    Endpoint(ChannelMap map) {
        super(map);
    }

    // ---- making a connection ----

    /** A TCP socket for IPv4. Python's {@code create_socket()}. */
    public final void createSocket() throws IOException {
        createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
    }

    /**
     * A new socket. Python's {@code create_socket(family, type)}.
     *
     * @param family INET, INET6 or UNIX; there are no Unix-domain datagrams on the JVM
     */
    public final void createSocket(ProtocolFamily family, SocketType type) throws IOException {
        checkThread();
        requireUnused();
        if (type == SocketType.DATAGRAM) {
            refuseDatagrams();
            setSocket(loop().provider().openDatagram(family));
        } else {
            setSocket(loop().provider().openStream(family));
        }
    }

    /** Queueing classes have no use for datagrams: they would tear them apart. */
    void refuseDatagrams() {}

    /** Takes a transport over and joins the map. Python's {@code set_socket}. */
    public final void setSocket(Transport socket) {
        checkThread();
        requireUnused();
        if (socket instanceof DatagramTransport) {
            refuseDatagrams();
        }
        transport = socket;
        opened = loop().clockNanos();
        nothingArrivedSince(opened);
        SocketAddress peer = socket.remoteAddress();
        setAddress(peer);
        if (!(socket instanceof SocketTransport) || (peer != null && !isDatagram())) {
            become(ChannelState.CONNECTED);
        }
        transportTaken(socket);
        addChannel(map());
    }

    /** The transport is new to this dispatcher. */
    void transportTaken(Transport taken) {}

    /**
     * Lets go of the transport without closing it: leaves the map, and this dispatcher is closed, without
     * {@link Dispatcher#handleClose()}. Output that waits is dropped. The caller owns the transport, and may give it to
     * another dispatcher at once.
     *
     * @throws IllegalStateException if there is no transport, or it is closed
     */
    public final Transport detach() {
        checkThread();
        Transport released = requireTransport();
        if (isClosed()) {
            throw new IllegalStateException(this + " has closed its socket: there is nothing to detach");
        }
        reportDropped(discardOutput());
        leaveMap();
        transport = null;
        dispose(CloseReason.LOCAL);
        return released;
    }

    /** A server's way to give a handler its connection. */
    final void attach(ChannelMap map, Transport connected, ChannelOptions chosen, ChannelOwner owner) {
        requireUnused();
        if (options.areDefaults()) {
            options = chosen; // else its constructor has chosen
        } else if (options.tls() == null && chosen.tls() != null) {
            options = options.withTls(chosen.tls());
        }
        map.add(self());
        setSocket(connected);
        belongsTo(owner);
        watchIdle();
        loop().callbacks.call(LoopEvent.CONNECT, self(), Step.CONNECT);
    }

    /** For a channel that stays open after a failure that left its input where it was: or it would fail for ever. */
    final void backOff() {
        Extras extras = extras();
        if (extras.acceptBackoff == null) {
            extras.acceptBackoff = new AcceptBackoff(self());
        }
        extras.acceptBackoff.failed();
    }

    private @Nullable AcceptBackoff acceptBackoff() {
        Extras extras = extrasIfAny();
        return extras == null ? null : extras.acceptBackoff;
    }

    @Override
    final void leftMap() {
        AcceptBackoff backoff = acceptBackoff();
        if (backoff != null) {
            backoff.stop();
        }
    }

    /** One dispatcher, one connection. */
    private void requireUnused() {
        if (transport != null || state() != ChannelState.NEW) {
            throw new IllegalStateException(
                    this + " has or had a socket already: make a new dispatcher for each connection");
        }
    }

    /** Joins a map, leaving the one it was in. Python's {@code add_channel}. */
    public final void addChannel(ChannelMap map) {
        map.add(self());
    }

    /** Leaves its map and stays open; nothing is called any more. Python's {@code del_channel}. */
    public final void delChannel() {
        map().remove(self());
    }

    /**
     * Lets the socket be bound although an earlier one's connections linger; a Unix-domain socket has no such option and
     * stays as it is. Python's {@code set_reuse_addr}.
     */
    public final void setReuseAddr() throws IOException {
        checkThread();
        try {
            requireTransport().setOption(StandardSocketOptions.SO_REUSEADDR, true);
        } catch (UnsupportedOperationException notOfThisKind) {
            debugLog("has no SO_REUSEADDR", notOfThisKind);
        }
    }

    /**
     * Takes a local address. Python's {@code bind}.
     *
     * @throws java.net.BindException if it is in use or not to be had
     */
    public final void bind(SocketAddress local) throws IOException {
        checkThread();
        Addresses.requireResolved(local);
        try {
            socketTransport("bind").bind(local);
        } catch (UnsupportedAddressTypeException e) {
            throw Addresses.wrongFamily(local, e);
        }
        SocketAddress real = requireTransport().localAddress();
        setAddress(real == null ? local : real);
    }

    /**
     * Waits for connections from now on. Python's {@code listen}.
     *
     * @param backlog how many may wait to be accepted, at least 1
     */
    public final void listen(int backlog) throws IOException {
        checkThread();
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog must be at least 1, not " + backlog);
        }
        streamTransport("listen").listen(backlog);
        extras().acceptBackoff = new AcceptBackoff(self());
        become(ChannelState.LISTENING);
    }

    /**
     * Begins to connect; {@link Dispatcher#handleConnect()} follows, never from within this call, or {@link
     * Dispatcher#handleError} and {@link Dispatcher#handleClose()}. Python's {@code connect}.
     *
     * @throws IOException if the attempt fails at once; the channel is closed then
     */
    public final void connect(SocketAddress remote) throws IOException {
        checkThread();
        if (state() != ChannelState.NEW) {
            throw new IllegalStateException(this + " is connected, or listens, or has been closed");
        }
        try {
            Addresses.requireResolved(remote);
            socketTransport("connect").connect(remote);
        } catch (IOException | RuntimeException e) {
            if (!isDatagram()) {
                dispose(CloseReason.CONNECT_FAILED);
            }
            if (e instanceof UnsupportedAddressTypeException) {
                throw Addresses.wrongFamily(remote, e);
            }
            throw e;
        }
        extras().caller = true;
        setAddress(remote);
        if (isDatagram()) {
            become(ChannelState.CONNECTED);
            loop().execute(this::tellConnected);
        } else {
            become(ChannelState.CONNECTING);
            deadlines().watchConnect();
        }
    }

    /** Was it this side that made the connection? */
    final boolean isCaller() {
        Extras extras = extrasIfAny();
        return extras != null && extras.caller;
    }

    /** For a datagram socket, which has nobody to wait for. */
    private void tellConnected() {
        if (isInMap()) {
            loop().callbacks.call(LoopEvent.CONNECT, self(), Step.CONNECT);
        }
    }

    /**
     * The next connection that waits, or null if none does (any more); who makes no dispatcher on it closes it. Python's
     * {@code accept}.
     *
     * @throws IOException if accepting failed, for want of descriptors perhaps; the listener then pauses for a while, and
     *     further failures within a second are not reported
     */
    public final @Nullable Transport accept() throws IOException {
        checkThread();
        noteWork();
        StreamTransport listening = streamTransport("accept");
        AcceptBackoff backoff = acceptBackoff();
        return backoff == null ? listening.accept() : backoff.accept(listening);
    }

    final SocketTransport socketTransport(String operation) {
        if (requireTransport() instanceof SocketTransport socket) {
            return socket;
        }
        throw new UnsupportedOperationException(operation + " needs a socket, which " + this + " is not");
    }

    private StreamTransport streamTransport(String operation) {
        if (requireTransport() instanceof StreamTransport stream) {
            return stream;
        }
        throw new UnsupportedOperationException(operation + " needs a stream socket, which " + this + " is not");
    }

    // ---- ending ----

    /**
     * Closes now: no {@link Dispatcher#handleClose()}. Queued output gets one attempt to be written; what is left is
     * dropped and reported to the {@link LoopListener}. Python's {@code close}. Override to clean up at any end of the
     * channel.
     */
    public void close() {
        checkThread();
        dispose(CloseReason.LOCAL);
    }

    /** Closes at once, output or not; a TCP peer sees a reset. */
    public final void abort() {
        checkThread();
        if (transport != null) {
            reportDropped(discardOutput());
            transport.abort();
        }
        close();
    }

    /** Ends the output side: the peer reads the end, and may still send. */
    public void shutdownOutput() throws IOException {
        checkThread();
        outputEnded = true;
        requireTransport().shutdownOutput();
    }
}

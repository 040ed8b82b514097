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
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The socket side of a dispatcher: making a connection, moving bytes, ending it. These are the methods that Python's
 * {@code dispatcher} shares with a socket; confined to the loop's thread.
 */
abstract class Endpoint extends Channel {

    private @Nullable AcceptBackoff acceptBackoff;

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
        loop().ownership.check();
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
        loop().ownership.check();
        if (transport != null) {
            throw alreadyInUse();
        }
        if (socket instanceof DatagramTransport) {
            refuseDatagrams();
        }
        transport = socket;
        address = socket.remoteAddress();
        if (!(socket instanceof SocketTransport) || (address != null && !isDatagram())) {
            become(ChannelState.CONNECTED);
        }
        addChannel(map());
    }

    /** A server's way to give a handler its connection. */
    final void attach(ChannelMap map, Transport connected, ChannelOptions chosen) {
        if (transport != null || state() != ChannelState.NEW) {
            throw alreadyInUse();
        }
        options = chosen;
        map.add(self());
        setSocket(connected);
        watchIdle();
        loop().callbacks.call(self(), Dispatcher::connectedNow);
    }

    private IllegalStateException alreadyInUse() {
        return new IllegalStateException(
                this + " has or had a socket already: make a new dispatcher for each connection");
    }

    final void watchIdle() {
        if (options.idleTimeout() != null) {
            deadlines().watchIdle();
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

    /** Lets the socket be bound although an earlier one's connections linger. Python's {@code set_reuse_addr}. */
    public final void setReuseAddr() throws IOException {
        loop().ownership.check();
        requireTransport().setOption(StandardSocketOptions.SO_REUSEADDR, true);
    }

    /**
     * Takes a local address. Python's {@code bind}.
     *
     * @throws java.net.BindException if it is in use or not to be had
     */
    public final void bind(SocketAddress local) throws IOException {
        loop().ownership.check();
        socketTransport("bind").bind(local);
        address = local;
    }

    /**
     * Waits for connections from now on. Python's {@code listen}.
     *
     * @param backlog how many may wait to be accepted, at least 1
     */
    public final void listen(int backlog) throws IOException {
        loop().ownership.check();
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog must be at least 1, not " + backlog);
        }
        streamTransport("listen").listen(backlog);
        acceptBackoff = new AcceptBackoff(self());
        become(ChannelState.LISTENING);
    }

    /**
     * Begins to connect; {@link Dispatcher#handleConnect()} follows, never from within this call, or {@link Dispatcher#handleError} and
     * {@link Dispatcher#handleClose()}. Python's {@code connect}.
     *
     * @throws IOException if the attempt fails at once; the channel is closed then
     */
    public final void connect(SocketAddress remote) throws IOException {
        loop().ownership.check();
        try {
            socketTransport("connect").connect(remote);
        } catch (IOException | RuntimeException e) {
            if (!isDatagram() && !requireTransport().isOpen()) {
                dispose(CloseReason.CONNECT_FAILED);
            }
            throw e;
        }
        address = remote;
        if (isDatagram()) {
            become(ChannelState.CONNECTED);
        } else {
            become(ChannelState.CONNECTING);
            deadlines().watchConnect();
        }
    }

    /**
     * The next connection that waits, or null if none does (any more). Python's {@code accept}.
     *
     * @throws IOException if accepting failed, for want of descriptors perhaps; the listener then pauses for a while, and
     *     further failures within a second are not reported
     */
    public final @Nullable Transport accept() throws IOException {
        loop().ownership.check();
        noteWork();
        StreamTransport listening = streamTransport("accept");
        try {
            Transport accepted = listening.accept();
            if (accepted != null && acceptBackoff != null) {
                acceptBackoff.succeeded();
            }
            return accepted;
        } catch (IOException e) {
            if (acceptBackoff == null || acceptBackoff.failed()) {
                throw e;
            }
            return null;
        }
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

    // ---- bytes ----

    /**
     * Writes once and says how much was taken, possibly 0: also when the connection is lost, which the channel then hears
     * of as its end. Python's {@code send}.
     */
    public int send(byte[] data) throws IOException {
        return send(ByteBuffer.wrap(data));
    }

    /** The same; the buffer advances by what was taken. */
    public int send(ByteBuffer data) throws IOException {
        loop().ownership.check();
        noteWork();
        if (!isSending()) {
            return 0;
        }
        try {
            return noteWritten(loop().buffers.write(requireTransport(), data));
        } catch (IOException e) {
            if (isDatagram()) {
                throw e;
            }
            writeFailed(e);
            return 0;
        }
    }

    final boolean isSending() {
        return transport != null && !outputLost && !isEnding();
    }

    /** The stream is lost, but what the peer sent before is still there: it is read to its end. */
    final void writeFailed(IOException e) {
        outputLost = true;
        debugLog("lost while writing", e);
        reportDropped(discardOutput());
        openGate(GATE_BACK_PRESSURE);
        if (isInputEnded()) {
            end(CloseReason.RESET);
        } else {
            deadlines().watchWriteStall();
        }
    }

    final int noteWritten(int count) {
        if (count > 0) {
            loop().listeners.onBytesOut(self(), count);
            if (deadlinesIfAny() != null) {
                deadlines().outputMoved();
            }
        }
        return count;
    }

    /**
     * Reads once, up to this many bytes; empty means that nothing is there or that the input has ended, of which the
     * channel hears by {@link Dispatcher#handleEof()}. Python's {@code recv}.
     */
    public final byte[] recv(int max) throws IOException {
        if (max < 1) {
            throw new IllegalArgumentException("recv needs room for at least one byte, not " + max);
        }
        ByteBuffer view = lendBuffer();
        view.limit(Math.min(view.capacity(), max));
        recv(view);
        byte[] result = new byte[view.flip().remaining()];
        view.get(result);
        return result;
    }

    /** Reads once into the buffer: the number of bytes, 0 for nothing, −1 for the end. */
    public final int recv(ByteBuffer target) throws IOException {
        loop().ownership.check();
        noteWork();
        if (isInputEnded() || isEnding() || transport == null) {
            return -1;
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        try {
            return received(loop().buffers.read(transport, target));
        } catch (IOException e) {
            readFailed(e);
            return -1;
        }
    }

    /**
     * Reads once into the loop's own buffer. What is returned belongs to the loop: it is overwritten by the next
     * {@code recv()} of any channel and when the current callback returns.
     */
    public final ByteBuffer recv() throws IOException {
        ByteBuffer view = lendBuffer();
        recv(view);
        return view.flip();
    }

    private ByteBuffer lendBuffer() {
        loop().ownership.check();
        return loop().buffers.lendReadBuffer();
    }

    private int received(int count) {
        if (count > 0) {
            noteInput(count);
        } else if (count < 0 && !isDatagram()) {
            inputEnded();
        }
        return count;
    }

    private void noteInput(int count) {
        loop().listeners.onBytesIn(self(), count);
        if (deadlinesIfAny() != null) {
            deadlines().inputArrived();
        }
    }

    private void readFailed(IOException e) throws IOException {
        if (isDatagram()) {
            throw e;
        }
        debugLog("lost while reading", e);
        end(CloseReason.RESET);
    }

    /** Takes one datagram and returns who sent it, or null if there is none. Python's {@code socket.recvfrom}. */
    public final @Nullable SocketAddress recvFrom(ByteBuffer target) throws IOException {
        loop().ownership.check();
        noteWork();
        int before = target.position();
        SocketAddress sender = datagramTransport().receive(target);
        if (sender != null) {
            noteInput(target.position() - before);
        }
        return sender;
    }

    /** Sends one datagram; 0 if there is no room for it now. Python's {@code socket.sendto}. */
    public final int sendTo(byte[] data, SocketAddress target) throws IOException {
        return sendTo(ByteBuffer.wrap(data), target);
    }

    /** The same from a buffer. */
    public final int sendTo(ByteBuffer data, SocketAddress target) throws IOException {
        loop().ownership.check();
        noteWork();
        return noteWritten(datagramTransport().send(data, target));
    }

    private DatagramTransport datagramTransport() {
        if (requireTransport() instanceof DatagramTransport datagram) {
            return datagram;
        }
        throw new UnsupportedOperationException("this needs a datagram socket, which " + this + " is not");
    }

    // ---- ending ----

    /**
     * Closes now: no {@link Dispatcher#handleClose()}. Queued output gets one attempt to be written; what is left is dropped and
     * reported to the {@link LoopListener}. Python's {@code close}. Override to clean up at any end of the channel.
     */
    public void close() {
        loop().ownership.check();
        dispose(CloseReason.LOCAL);
    }

    /** Closes at once, output or not; a TCP peer sees a reset. */
    public final void abort() {
        loop().ownership.check();
        if (transport != null) {
            reportDropped(discardOutput());
            transport.abort();
        }
        close();
    }

    /** Ends the output side: the peer reads the end, and may still send. */
    public void shutdownOutput() throws IOException {
        loop().ownership.check();
        requireTransport().shutdownOutput();
    }

    /** Something for the log of those who debug. */
    abstract void debugLog(String message, @Nullable Throwable cause);
}

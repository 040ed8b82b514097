package io.asyncore.test;

import io.asyncore.transport.StreamTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/** A stream socket on the simulated network: unbound at first, then listening, or connecting and connected. */
final class SimulatedStream extends SimulatedSocket implements StreamTransport, Caller {

    private @Nullable Backlog backlog;
    private @Nullable StreamEnd end;
    private @Nullable ConnectException refusal;
    private boolean connecting;

    SimulatedStream(SimulatedNetwork network, ProtocolFamily family) {
        super(network, family, network.switchboard().streams());
    }

    /** One that was accepted. */
    private SimulatedStream(SimulatedNetwork network, ProtocolFamily family, StreamEnd end) {
        this(network, family);
        this.end = end;
    }

    @Override
    int readiness() {
        if (backlog != null) {
            return backlog.isEmpty() ? 0 : READ;
        }
        if (connecting) {
            return end != null || refusal != null ? WRITE : 0;
        }
        return end == null ? 0 : readiness(end);
    }

    private static int readiness(StreamEnd connected) {
        return (connected.isReadable() ? READ : 0)
                | (connected.isWritable() ? WRITE : 0)
                | (connected.hasUrgent() ? EXPT : 0);
    }

    @Override
    void urgentReported() {
        if (end != null) {
            end.takeUrgent();
        }
    }

    @Override
    public void listen(int capacity) throws IOException {
        requireOpen();
        SocketAddress address = localAddress();
        if (address == null || end != null || connecting) {
            throw new IOException("only a bound, unconnected socket can listen");
        }
        if (backlog == null) {
            backlog = new Backlog(network, address, capacity);
            network.switchboard().streams().reach(address, backlog);
        }
    }

    @Override
    public @Nullable StreamTransport accept() throws IOException {
        requireOpen();
        if (backlog == null) {
            throw new IOException("only a listening socket accepts");
        }
        network.switchboard().mayFailToAccept();
        StreamEnd accepted = backlog.accept();
        if (accepted == null) {
            return null;
        }
        network.moved();
        return new SimulatedStream(network, family, accepted);
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        requireOpen();
        if (backlog != null || end != null || connecting) {
            throw new IOException("this socket listens, connects or is connected already");
        }
        connecting = true;
        try {
            network.switchboard().call(bindAnywhere(), address, this);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public boolean isWaiting() {
        return isOpen() && connecting;
    }

    @Override
    public void connected(StreamEnd established) {
        end = established;
    }

    @Override
    public void refused(ConnectException reason) {
        refusal = reason;
    }

    @Override
    public boolean finishConnect() throws IOException {
        requireOpen();
        if (refusal != null) {
            network.moved();
            throw refusal;
        }
        if (end == null) {
            return false;
        }
        connecting = false;
        network.moved();
        return true;
    }

    private StreamEnd connected() throws IOException {
        requireOpen();
        if (end == null || connecting) {
            throw new NotYetConnectedException();
        }
        return end;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return connected().read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return connected().write(source);
    }

    @Override
    public void shutdownOutput() throws IOException {
        connected().shutdownOutput();
    }

    /** An accepted socket was not bound, but has an address all the same. */
    @Override
    public @Nullable SocketAddress localAddress() {
        SocketAddress bound = super.localAddress();
        return bound != null || end == null || !isOpen() ? bound : end.local();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return end == null || connecting || !isOpen() ? null : end.remote();
    }

    @Override
    void hangUp() {
        if (backlog != null) {
            backlog.close();
        }
        if (end != null) {
            end.close();
        }
    }

    @Override
    public void abort() {
        if (isOpen() && end != null) {
            end.reset();
        }
        close();
    }
}

package io.asyncore.test;

import io.asyncore.transport.DatagramTransport;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A datagram socket on the simulated network. */
final class SimulatedDatagram extends SimulatedSocket implements DatagramTransport, Mailbox {

    private static final int CAPACITY = 64;

    private final Queue<Datagram> arrived = new ArrayDeque<>();
    private @Nullable SocketAddress remote;
    private boolean unreachable;

    SimulatedDatagram(SimulatedNetwork network, ProtocolFamily family) {
        super(network, family, network.switchboard().mailboxes());
    }

    @Override
    int readiness() {
        return WRITE | (arrived.isEmpty() && !unreachable ? 0 : READ);
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        super.bind(address);
        network.switchboard().mailboxes().reach(bindAnywhere(), this);
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        requireOpen();
        beReachable();
        remote = address;
        network.moved();
    }

    private SocketAddress beReachable() throws IOException {
        SocketAddress local = bindAnywhere();
        network.switchboard().mailboxes().reach(local, this);
        return local;
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    /** What does not fit is lost. */
    @Override
    public void deliver(Datagram datagram) {
        boolean wanted = remote == null || remote.equals(datagram.from());
        if (isOpen() && wanted && arrived.size() < CAPACITY) {
            arrived.add(datagram);
        }
    }

    /** Only a connected socket hears of it. */
    @Override
    public void unreachable(SocketAddress target) {
        unreachable |= target.equals(remote);
    }

    @Override
    public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
        requireOpen();
        if (unreachable) {
            unreachable = false;
            network.moved();
            throw new PortUnreachableException();
        }
        Datagram next = arrived.poll();
        if (next == null) {
            return null;
        }
        network.moved();
        byte[] bytes = next.bytes();
        target.put(bytes, 0, Math.min(bytes.length, target.remaining()));
        return next.from();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int before = target.position();
        receive(target);
        return target.position() - before;
    }

    @Override
    public int send(ByteBuffer source, SocketAddress target) throws IOException {
        requireOpen();
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        network.moved();
        network.switchboard().post(new Datagram(beReachable(), target, bytes), this);
        return bytes.length;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (remote == null) {
            throw new NotYetConnectedException();
        }
        return send(source, remote);
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return isOpen() ? remote : null;
    }

    @Override
    void hangUp() {
        arrived.clear();
    }
}

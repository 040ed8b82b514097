package io.asyncore.test;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Someone on a {@link SimulatedNetwork} who listens, for dispatchers to connect to. */
public final class SimulatedListener {

    private final SimulatedNetwork network;
    private final SocketAddress address;
    private final Backlog backlog;

    SimulatedListener(SimulatedNetwork network, SocketAddress address, Backlog backlog) {
        this.network = network;
        this.address = address;
        this.backlog = backlog;
    }

    /** Where it listens; with a real port if 0 was asked for. */
    public SocketAddress address() {
        return address;
    }

    /** The next connection, or null if nobody has called (any more). */
    public @Nullable SimulatedPeer accept() {
        network.catchUp();
        StreamEnd end = backlog.accept();
        if (end == null) {
            return null;
        }
        SimulatedPeer peer = new SimulatedPeer(network);
        peer.begin(end);
        return peer;
    }

    /** Stops listening: who was not accepted is reset, who calls from now on is refused. */
    public void close() {
        backlog.close();
        network.switchboard().streams().free(address);
    }
}

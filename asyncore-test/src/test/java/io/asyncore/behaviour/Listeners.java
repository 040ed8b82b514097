package io.asyncore.behaviour;

import io.asyncore.Dispatcher;
import io.asyncore.SocketType;
import io.asyncore.test.SimulatedListener;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;

/** For dispatchers that are clients. */
final class Listeners {

    private Listeners() {}

    static SimulatedListener at(Simulation run, SocketAddress address) {
        try {
            return run.network.listen(address);
        } catch (BindException e) {
            throw new AssertionError(e);
        }
    }

    /** A call that does not fail at once. */
    static void connect(Dispatcher client, SocketAddress address) {
        try {
            client.createSocket(
                    address instanceof UnixDomainSocketAddress
                            ? StandardProtocolFamily.UNIX
                            : StandardProtocolFamily.INET,
                    SocketType.STREAM);
            client.connect(address);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

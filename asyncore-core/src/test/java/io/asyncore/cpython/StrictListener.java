package io.asyncore.cpython;

import io.asyncore.ChannelMap;
import io.asyncore.SocketType;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.util.Objects;

/** Listens on an address of any family; what happens on a connect is the subclass's affair. */
class StrictListener extends Strict {

    StrictListener(ProtocolFamily family, SocketAddress address, ChannelMap map) throws IOException {
        super(map);
        createSocket(family, SocketType.STREAM);
        setReuseAddr();
        bind(address);
        listen(5);
    }

    /** Where it really listens: the port 0 it was given has become a free one. */
    final SocketAddress listensOn() {
        return Objects.requireNonNull(Objects.requireNonNull(socket()).localAddress());
    }
}

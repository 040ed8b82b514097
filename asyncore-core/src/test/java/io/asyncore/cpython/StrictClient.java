package io.asyncore.cpython;

import io.asyncore.ChannelMap;
import io.asyncore.SocketType;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;

/** Connects, and expects nothing but that. */
class StrictClient extends Strict {

    StrictClient(ProtocolFamily family, SocketAddress server, ChannelMap map) throws IOException {
        super(map);
        createSocket(family, SocketType.STREAM);
        connect(server);
    }

    @Override
    protected void handleConnect() throws Exception {}
}

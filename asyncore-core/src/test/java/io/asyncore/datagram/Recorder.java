package io.asyncore.datagram;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.SocketType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes one datagram per call and writes down what it is told. */
class Recorder extends Dispatcher {

    final List<String> texts = new ArrayList<>();
    final List<SocketAddress> senders = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    int connects;

    Recorder(ChannelMap map, Loopback loopback) throws IOException {
        super(map);
        createSocket(loopback.family, SocketType.DATAGRAM);
        bind(loopback.port(0));
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) Objects.requireNonNull(socket().localAddress());
    }

    @Override
    protected void handleConnect() {
        connects++;
    }

    @Override
    protected void handleRead() throws Exception {
        ByteBuffer room = ByteBuffer.allocate(65_536);
        @Nullable SocketAddress sender = recvFrom(room);
        if (sender != null) {
            senders.add(sender);
            texts.add(StandardCharsets.ISO_8859_1.decode(room.flip()).toString());
        }
    }

    @Override
    protected void handleEof() {
        ends.add("end of input");
    }

    @Override
    protected void handleError(Throwable error) {
        errors.add(error);
    }

    @Override
    protected void handleClose() {
        ends.add("close " + closeReason());
    }
}

package io.asyncore.cpython;

import io.asyncore.ChannelMap;
import io.asyncore.chat.AsyncChat;
import io.asyncore.chat.Terminator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A chat that keeps the frames it was told of, and what has come since the last one. */
class ChatClient extends AsyncChat {

    final List<String> contents = new ArrayList<>();
    final StringBuilder buffer = new StringBuilder();

    private final EchoPeer peer;

    ChatClient(Terminator terminator, EchoPeer peer, ChannelMap map) throws IOException {
        super(map);
        this.peer = peer;
        createSocket();
        connect(peer.address());
        setTerminator(terminator);
    }

    @Override
    protected void handleConnect() {}

    @Override
    protected void handleRead() throws Exception {
        super.handleRead();
        peer.next();
    }

    @Override
    protected void collectIncomingData(ByteBuffer data) {
        buffer.append(StandardCharsets.ISO_8859_1.decode(data));
    }

    @Override
    protected void foundTerminator() {
        contents.add(buffer.toString());
        buffer.setLength(0);
    }
}

package io.asyncore.benchmarks.servers;

import io.asyncore.chat.AsyncChat;
import io.asyncore.chat.Terminator;
import java.nio.ByteBuffer;

/** Sends back every frame behind its length. Confined to its loop's thread. */
final class PrefixedHandler extends AsyncChat {

    private static final Terminator LENGTH = Terminator.length(Protocol.PREFIX);

    private boolean inFrame;

    PrefixedHandler() {
        setTerminator(LENGTH);
    }

    @Override
    protected void foundTerminator() {
        byte[] data = getData();
        int length = inFrame ? 0 : ByteBuffer.wrap(data).getInt();
        if (length < 0 || length > Protocol.MAX_FRAME) {
            close(); // never trust a length that a peer declares
            return;
        }
        push(data);
        inFrame = length > 0;
        setTerminator(inFrame ? Terminator.length(length) : LENGTH);
    }
}

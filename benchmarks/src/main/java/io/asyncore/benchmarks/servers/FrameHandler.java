package io.asyncore.benchmarks.servers;

import io.asyncore.chat.AsyncChat;
import io.asyncore.chat.Terminator;

/** Sends back every frame and the line feed behind it. Confined to its loop's thread. */
final class FrameHandler extends AsyncChat {

    private static final Terminator LINE_FEED = Terminator.delimiter('\n');
    private static final byte[] END = {'\n'};

    FrameHandler() {
        setTerminator(LINE_FEED);
    }

    @Override
    protected void foundTerminator() {
        push(getData());
        push(END);
    }
}

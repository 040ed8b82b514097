package io.asyncore.benchmarks.servers;

import io.asyncore.chat.LineChat;

/** Sends back every line. Confined to its loop's thread. */
final class LineHandler extends LineChat {

    LineHandler() {
        setLineEnd("\n");
    }

    @Override
    protected void handleLine(String line) {
        pushLine(line);
    }
}

package io.asyncore.server;

import io.asyncore.chat.LineChat;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Echoes lines, and writes down how it begins and ends. */
class EchoLines extends LineChat {

    /** What happened to handlers, as {@code connect} and {@code close REASON}. */
    final BlockingQueue<String> events;

    EchoLines() {
        this(new LinkedBlockingQueue<>());
    }

    EchoLines(BlockingQueue<String> events) {
        this.events = events;
        setIgnoreLogTypes(Set.of("warning", "error"));
    }

    @Override
    protected void handleConnect() throws Exception {
        events.add("connect");
    }

    @Override
    protected void handleLine(String line) throws Exception {
        pushLine(line);
    }

    @Override
    protected void handleClose() throws Exception {
        events.add("close " + closeReason());
    }
}

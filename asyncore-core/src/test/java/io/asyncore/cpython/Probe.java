package io.asyncore.cpython;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.SocketType;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Writes down which of its events happen once it is told to, and throws in them if it is told to. */
final class Probe extends Dispatcher {

    /** What happened, in order: read, write, expt, close, error. */
    final List<String> events = new ArrayList<>();

    private boolean armed;
    private boolean wantsToWrite = true;
    private String failing = "";
    private Supplier<RuntimeException> failure = IllegalStateException::new;

    Probe(SocketAddress server, ChannelMap map) throws IOException {
        super(map);
        createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
        connect(server);
    }

    /** From now on events are noted. */
    void arm(boolean writable) {
        armed = true;
        wantsToWrite = writable;
    }

    /** From now on events are noted, and this one throws. */
    void arm(boolean writable, String failingEvent, Supplier<RuntimeException> itsFailure) {
        arm(writable);
        failing = failingEvent;
        failure = itsFailure;
    }

    private void note(String event) {
        if (armed) {
            events.add(event);
        }
        if (event.equals(failing)) {
            throw failure.get();
        }
    }

    @Override
    protected boolean writable() {
        return wantsToWrite;
    }

    @Override
    protected void handleConnect() {}

    @Override
    protected void handleRead() throws Exception {
        note("read");
        recv(100);
    }

    @Override
    protected void handleWrite() {
        note("write");
        wantsToWrite = false;
    }

    @Override
    protected void handleExpt() {
        note("expt");
    }

    @Override
    protected void handleClose() {
        note("close");
    }

    @Override
    protected void handleError(Throwable error) {
        events.add("error");
    }
}

package io.asyncore.benchmarks.parts;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Poller;
import io.asyncore.transport.ReadySink;
import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.TransportProvider;
import java.net.ProtocolFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * A network without a kernel: its streams always have the same bytes to read and take whatever is written, and its poller
 * names them without waiting. What is measured on it is the loop and the handlers, no system call. Confined to one thread.
 */
final class Wire implements TransportProvider, Poller {

    private final List<WireStream> ready = new ArrayList<>();

    /** A connected stream on which the same input arrives again and again. */
    WireStream stream(byte[] input) {
        return new WireStream(this, input);
    }

    /** Ready in every turn from now on. */
    void isReady(WireStream stream) {
        ready.add(stream);
    }

    void isGone(WireStream stream) {
        ready.remove(stream);
    }

    @Override
    public void poll(long timeoutNanos, ReadySink sink) {
        for (int i = 0; i < ready.size(); i++) {
            ready.get(i).report(sink);
        }
    }

    @Override
    public Poller openPoller() {
        return this;
    }

    @Override
    public void wakeup() {}

    @Override
    public void completeCloses() {}

    @Override
    public void close() {}

    @Override
    public StreamTransport openStream(ProtocolFamily family) {
        throw new UnsupportedOperationException("its streams are made connected");
    }

    @Override
    public DatagramTransport openDatagram(ProtocolFamily family) {
        throw new UnsupportedOperationException("it has streams only");
    }
}

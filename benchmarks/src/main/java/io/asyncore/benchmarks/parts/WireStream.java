package io.asyncore.benchmarks.parts;

import io.asyncore.transport.Poller;
import io.asyncore.transport.ReadySink;
import io.asyncore.transport.Registration;
import io.asyncore.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A stream of a {@link Wire}. Confined to its thread. */
final class WireStream implements Transport, Registration {

    private static final SocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final Wire wire;
    private final byte[] input;
    private int takes = Integer.MAX_VALUE;
    private boolean full;
    private int interest;
    private @Nullable Object owner;
    private boolean open = true;

    WireStream(Wire wire, byte[] input) {
        this.wire = wire;
        this.input = input;
    }

    /** Takes no more than this from one write, and then nothing until the next turn. */
    WireStream taking(int bytes) {
        takes = bytes;
        return this;
    }

    void report(ReadySink sink) {
        full = false;
        int ops = interest & (READ | WRITE);
        if (ops != 0 && owner != null) {
            sink.ready(owner, ops);
        }
    }

    @Override
    public int read(ByteBuffer target) {
        int count = Math.min(input.length, target.remaining());
        target.put(input, 0, count);
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        int count = full ? 0 : Math.min(takes, source.remaining());
        full = takes != Integer.MAX_VALUE;
        source.position(source.position() + count);
        return count;
    }

    @Override
    public Registration register(Poller poller, Object channel) {
        owner = channel;
        return this;
    }

    @Override
    public void interest(int ops) {
        interest = ops;
    }

    @Override
    public void cancel() {
        interest = 0;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public SocketAddress localAddress() {
        return ADDRESS;
    }

    @Override
    public SocketAddress remoteAddress() {
        return ADDRESS;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        wire.isGone(this);
    }
}

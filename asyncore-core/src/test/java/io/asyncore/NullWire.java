package io.asyncore;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Poller;
import io.asyncore.transport.ReadySink;
import io.asyncore.transport.Registration;
import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.Transport;
import io.asyncore.transport.TransportProvider;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network of streams on which the same bytes arrive in every turn, and whatever is written vanishes. It allocates
 * nothing. Confined to one thread.
 */
final class NullWire implements TransportProvider, Poller {

    private final byte[] input;
    private final List<Stream> streams = new ArrayList<>();
    final EventLoop loop = new EventLoop(new ChannelMap(), this, System::nanoTime);
    long written;

    NullWire(byte[] input) {
        this.input = input;
    }

    /** Gives the channel a stream of its own. */
    void attach(Dispatcher channel) {
        Stream stream = new Stream();
        streams.add(stream);
        loop.attach(channel, stream, ChannelOptions.DEFAULTS);
    }

    @Override
    public void poll(long timeoutNanos, ReadySink sink) {
        for (int i = 0; i < streams.size(); i++) {
            streams.get(i).report(sink);
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
        throw new UnsupportedOperationException("its streams are connected");
    }

    @Override
    public DatagramTransport openDatagram(ProtocolFamily family) {
        throw new UnsupportedOperationException("it has streams only");
    }

    private final class Stream implements Transport, Registration {

        private int interest;
        private @Nullable Object owner;
        private boolean open = true;

        private void report(ReadySink sink) {
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
            int count = source.remaining();
            source.position(source.limit());
            written += count;
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
        public void close() {
            open = false;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void shutdownOutput() {}
    }
}

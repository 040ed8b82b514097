package io.asyncore.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A transport over another one, the inner one: what a subclass does not override is the inner one's. Confined to the thread
 * of the loop that watches it.
 *
 * <p>The poller watches the inner transport and reports to whoever was given to {@link #register}, so that wrapping costs a
 * call and no event.
 */
public abstract class WrappingTransport implements Transport {

    /** Hears how many bytes a transport keeps between two calls. */
    @FunctionalInterface
    public interface HeldListener {
        /** So many now, of input and of output. */
        void holds(int input, int output);
    }

    private final Transport inner;

    /** Owns the inner transport from now on: closing this closes it. */
    protected WrappingTransport(Transport inner) {
        this.inner = inner;
    }

    /** The transport below. */
    protected final Transport inner() {
        return inner;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return inner.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return inner.write(source);
    }

    @Override
    public void shutdownOutput() throws IOException {
        inner.shutdownOutput();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return inner.localAddress();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return inner.remoteAddress();
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        inner.setOption(option, value);
    }

    @Override
    public <T> @Nullable T getOption(SocketOption<T> option) throws IOException {
        return inner.getOption(option);
    }

    @Override
    public Registration register(Poller poller, Object channel) throws IOException {
        return inner.register(poller, channel);
    }

    @Override
    public int localReadiness() {
        return inner.localReadiness();
    }

    @Override
    public boolean advance(int op) throws IOException {
        return inner.advance(op);
    }

    /** Tells this, and nobody else from now on, how many bytes are kept; now if there are any, and when it changes. */
    public void whenHolding(HeldListener listener) {
        if (inner instanceof WrappingTransport wrapping) {
            wrapping.whenHolding(listener);
        }
    }

    @Override
    public int pendingOutput() {
        return inner.pendingOutput();
    }

    @Override
    public <T extends Transport> @Nullable T unwrap(Class<T> kind) {
        return kind.isInstance(this) ? kind.cast(this) : inner.unwrap(kind);
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public void abort() {
        inner.abort();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " over " + inner;
    }
}

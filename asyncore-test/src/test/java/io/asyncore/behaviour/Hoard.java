package io.asyncore.behaviour;

import io.asyncore.transport.Poller;
import io.asyncore.transport.Registration;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes from another transport all there is and hands it out in portions, as one that decrypts would. */
final class Hoard implements Transport {

    private final Transport inner;
    private final int portion;
    private final ByteBuffer held = ByteBuffer.allocate(1 << 16).limit(0);

    Hoard(Transport inner, int portion) {
        this.inner = inner;
        this.portion = portion;
    }

    @Override
    public int localReadiness() {
        return held.hasRemaining() ? READ : 0;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!held.hasRemaining()) {
            int count = inner.read(held.clear());
            held.flip();
            if (count <= 0) {
                return count;
            }
        }
        int count = Math.min(portion, Math.min(held.remaining(), target.remaining()));
        target.put(held.slice(held.position(), count));
        held.position(held.position() + count);
        return count;
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
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    public void close() {
        inner.close();
    }
}

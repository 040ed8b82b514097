package io.asyncore.behaviour;

import io.asyncore.transport.Transport;
import io.asyncore.transport.WrappingTransport;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes from another transport all there is and hands it out in portions, as one that decrypts would. */
final class Hoard extends WrappingTransport {

    private final int portion;
    private final ByteBuffer held = ByteBuffer.allocate(1 << 16).limit(0);

    Hoard(Transport inner, int portion) {
        super(inner);
        this.portion = portion;
    }

    @Override
    public int localReadiness() {
        return held.hasRemaining() ? READ : 0;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!held.hasRemaining()) {
            int count = inner().read(held.clear());
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
}

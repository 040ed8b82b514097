package io.asyncore.transport.tls;

import io.asyncore.transport.Poller;
import io.asyncore.transport.Registration;
import io.asyncore.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One end of a connection in memory: what is written at one end arrives at the other, or nowhere. */
final class MemoryWire implements Transport {

    private final Deque<Byte> arrived = new ArrayDeque<>();
    private @Nullable MemoryWire other;
    private @Nullable SplittableRandom damager;
    private int damageAfter;
    private boolean ended;
    private boolean open = true;

    /** The end that this one is connected to. */
    MemoryWire other() {
        if (other == null) {
            other = new MemoryWire();
            other.other = this;
        }
        return other;
    }

    /** Of what arrives after so many bytes, something is different. */
    void damage(SplittableRandom random, int after) {
        damager = random;
        damageAfter = after;
    }

    void arrives(byte[] bytes) {
        for (byte each : bytes) {
            if (damager != null && damageAfter-- == 0) {
                damaged(each, damager);
            } else {
                arrived.add(each);
            }
        }
    }

    private void damaged(byte each, SplittableRandom random) {
        switch (random.nextInt(3)) {
            case 0 -> arrived.add((byte) (each ^ (1 << random.nextInt(8))));
            case 1 -> {
                for (int more = random.nextInt(50); more >= 0; more--) {
                    arrived.add((byte) random.nextInt());
                }
            }
            default -> {
                // it is missing
            }
        }
    }

    void ends() {
        ended = true;
    }

    boolean hasInput() {
        return open && (!arrived.isEmpty() || ended);
    }

    @Override
    public int read(ByteBuffer target) {
        int before = target.position();
        while (target.hasRemaining() && !arrived.isEmpty()) {
            target.put(arrived.remove());
        }
        int count = target.position() - before;
        return count == 0 && ended ? -1 : count;
    }

    @Override
    public int write(ByteBuffer source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (source.hasRemaining()) {
            bytes.write(source.get());
        }
        if (other != null) {
            other.arrives(bytes.toByteArray());
        }
        return bytes.size();
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public Registration register(Poller poller, Object channel) {
        return Registration.NONE;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}

package io.asyncore.test;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream connection as an operating system keeps it. What has arrived before a reset can still be read;
 * whoever reads or writes first is told of the reset, and from then on the input is at its end.
 */
final class StreamEnd {

    private final SimulatedNetwork network;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final Pipe in;
    private @Nullable StreamEnd other;
    private Runnable whenChanged = () -> {};
    private boolean outputEnded;
    private boolean closed;
    private boolean lost;
    private boolean lossTold;
    private int urgent;

    /** @param notBefore when the first bytes may arrive here */
    private StreamEnd(SimulatedNetwork network, SocketAddress local, SocketAddress remote, long notBefore) {
        this.network = network;
        this.local = local;
        this.remote = remote;
        in = new Pipe(network, this, notBefore);
    }

    /** The end of the one who called, which hears nothing before {@code established}; the other is its {@link #other}. */
    static StreamEnd connect(SimulatedNetwork network, SocketAddress caller, SocketAddress called, long established) {
        StreamEnd near = new StreamEnd(network, caller, called, established);
        StreamEnd far = new StreamEnd(network, called, caller, network.now());
        near.other = far;
        far.other = near;
        return near;
    }

    StreamEnd other() {
        if (other == null) {
            throw new IllegalStateException("a stream with one end");
        }
        return other;
    }

    SocketAddress local() {
        return local;
    }

    SocketAddress remote() {
        return remote;
    }

    /** Calls back whenever this end may have got readable or writable. */
    void onChange(Runnable listener) {
        whenChanged = listener;
    }

    void changed() {
        whenChanged.run();
    }

    boolean isReadable() {
        return in.available() > 0 || in.isEnded() || lost;
    }

    boolean isWritable() {
        return other().in.hasRoom() || lost || outputEnded;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isLost() {
        return lost;
    }

    boolean hasUrgent() {
        return urgent > 0;
    }

    void takeUrgent() {
        urgent--;
    }

    int read(ByteBuffer target) throws IOException {
        requireOpen();
        int count = in.take(target);
        if (count > 0) {
            network.moved();
            other().changed();
            return count;
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        if (lost && !lossTold) {
            throw tellLoss("Connection reset by peer");
        }
        return lost || in.isEnded() ? -1 : 0;
    }

    int write(ByteBuffer source) throws IOException {
        requireOpen();
        if (outputEnded) {
            throw new ClosedChannelException();
        }
        if (lost) {
            throw tellLoss("Broken pipe");
        }
        int count = other().in.offer(source);
        if (count > 0) {
            network.moved();
        }
        return count;
    }

    private IOException tellLoss(String message) {
        lossTold = true;
        network.moved();
        return new IOException(message);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    void shutdownOutput() {
        if (!outputEnded && !closed) {
            outputEnded = true;
            network.moved();
            other().in.sendEnd();
        }
    }

    void sendUrgent() {
        other().in.send(() -> {
            other().urgent++;
            other().changed();
        });
    }

    /** In good order if everything that arrived was read; else the other end hears of a reset. */
    void close() {
        if (in.available() > 0) {
            reset();
        } else {
            shutdownOutput();
            closed = true;
        }
    }

    void reset() {
        if (!closed) {
            closed = true;
            network.moved();
            refuseData();
        }
    }

    /** Nobody is here any more: whoever still sends is told by a reset. */
    void refuseData() {
        other().in.send(other()::loseConnection);
    }

    private void loseConnection() {
        if (!closed && !lost) {
            lost = true;
            changed();
        }
    }
}

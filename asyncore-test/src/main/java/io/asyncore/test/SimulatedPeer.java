package io.asyncore.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a stream, in the hands of a test: it does what it is told, and unless told to stall it reads what it
 * gets, as fast as the {@link SimulatedNetwork} lets it. Confined to the thread that polls the loop.
 */
public final class SimulatedPeer {

    private static final int READ_SIZE = 4096;

    private final SimulatedNetwork network;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[READ_SIZE];
    private @Nullable StreamEnd end;
    private boolean refused;
    private boolean mustShutDown;
    private boolean mustClose;
    private boolean stalled;
    private boolean ended;
    private boolean wasReset;

    SimulatedPeer(SimulatedNetwork network) {
        this.network = network;
    }

    // ---- what it does ----

    /** Sends these bytes, behind what it was told to send before, as fast as they are taken. */
    public void send(byte[] bytes) {
        if (mustShutDown || mustClose) {
            throw new IllegalStateException("this peer has ended its output");
        }
        unsent.add(ByteBuffer.wrap(bytes.clone()));
        work();
    }

    /** Sends this text in UTF-8. */
    public void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one byte of urgent (out-of-band) data; the stream itself does not carry it. */
    public void sendUrgent() {
        connected().sendUrgent();
    }

    /** Ends its output when everything is sent, and goes on reading. */
    public void shutdownOutput() {
        mustShutDown = true;
        work();
    }

    /**
     * Reads no more, and closes when everything is sent. The other side finds the end of its input, or a reset if this
     * peer has left something unread or gets something more.
     */
    public void close() {
        mustClose = true;
        work();
    }

    /** Resets the connection; what it has not sent yet is not sent. */
    public void reset() {
        unsent.clear();
        mustClose = true;
        connected().reset();
    }

    /** Reads nothing more until {@link #resume()}: what arrives fills the window, and then nobody can send. */
    public void stall() {
        stalled = true;
    }

    /** Reads again. */
    public void resume() {
        stalled = false;
        work();
    }

    /** While stalled, reads up to so many bytes of what has arrived. */
    public void take(int count) {
        network.catchUp();
        try {
            read(count);
        } catch (IOException reset) {
            wasReset = true;
        }
    }

    private StreamEnd connected() {
        if (end == null) {
            throw new IllegalStateException("this peer is not connected");
        }
        return end;
    }

    // ---- how it goes ----

    /** What it waits for when it has called somebody. */
    Caller caller() {
        return new Caller() {
            @Override
            public boolean isWaiting() {
                return !refused && end == null;
            }

            @Override
            public void connected(StreamEnd established) {
                begin(established);
            }

            @Override
            public void refused(ConnectException reason) {
                refused = true;
            }
        };
    }

    void begin(StreamEnd established) {
        end = established;
        established.onChange(this::work);
        work();
    }

    /** Sends and reads as far as it goes. */
    private void work() {
        if (end == null || end.isClosed()) {
            return;
        }
        try {
            if (!unsent.isEmpty()) {
                write(end);
            }
            if (!stalled && !mustClose) {
                read(Integer.MAX_VALUE);
            }
        } catch (IOException reset) {
            wasReset = true;
            unsent.clear();
        }
        if (unsent.isEmpty()) {
            endOutput(end);
        }
    }

    private void write(StreamEnd open) throws IOException {
        while (!unsent.isEmpty()
                && (open.write(unsent.element()) > 0 || !unsent.element().hasRemaining())) {
            if (!unsent.element().hasRemaining()) {
                unsent.remove();
            }
        }
    }

    private void endOutput(StreamEnd open) {
        if (mustClose) {
            open.close();
        } else if (mustShutDown) {
            open.shutdownOutput();
        }
    }

    private void read(int most) throws IOException {
        StreamEnd open = connected();
        for (int left = most; left > 0 && !ended && !open.isClosed(); ) {
            int count = open.read(ByteBuffer.wrap(buffer, 0, Math.min(left, READ_SIZE)));
            if (count <= 0) {
                ended = count < 0;
                return;
            }
            received.write(buffer, 0, count);
            left -= count;
        }
    }

    // ---- what it knows ----

    /** Has its call been answered? True for ever then. */
    public boolean isConnected() {
        network.catchUp();
        return end != null;
    }

    /** Was its call refused? */
    public boolean isRefused() {
        network.catchUp();
        return refused;
    }

    /** Everything it has read so far. */
    public byte[] received() {
        network.catchUp();
        return received.toByteArray();
    }

    /** How many bytes it has read so far. */
    public int receivedCount() {
        network.catchUp();
        return received.size();
    }

    /** Everything it has read so far, as UTF-8. */
    public String receivedText() {
        return new String(received(), StandardCharsets.UTF_8);
    }

    /** Has it read the end of its input? (Also after a reset.) */
    public boolean hasEnded() {
        network.catchUp();
        return ended;
    }

    /** Was the connection reset by the other side? */
    public boolean isReset() {
        network.catchUp();
        return wasReset || (end != null && end.isLost());
    }

    /** How many bytes it was told to send and has not got rid of yet. */
    public int unsent() {
        network.catchUp();
        return unsent.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    /** Its own address: what the dispatcher at the other end has for {@code address()}. */
    public SocketAddress address() {
        return connected().local();
    }
}

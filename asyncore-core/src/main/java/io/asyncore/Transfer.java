package io.asyncore;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Transport;
import io.asyncore.transport.tls.TruncatedException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a dispatcher that moves bytes: {@code send}, {@code recv} and their kin for datagrams. Confined to the
 * loop's thread.
 */
abstract class Transfer extends Channel {

    private static final byte[] NOTHING = {};

    Transfer(ChannelMap map) {
        super(map);
    }

    // ---- out ----

    /**
     * Writes once and says how much was taken, possibly 0: while it connects, and when the connection is lost, which the
     * channel then hears of as its end. Python's {@code send}.
     *
     * @throws IllegalStateException if it has no socket, or one that is neither connected nor being connected
     */
    public int send(byte[] data) throws IOException {
        return send(ByteBuffer.wrap(data));
    }

    /** The same; the buffer advances by what was taken. */
    public int send(ByteBuffer data) throws IOException {
        checkThread();
        if (!isSending() || outputEnded) {
            requireTransportUnlessOver();
            return 0;
        }
        if (data.hasRemaining() || isDatagram()) {
            noteWork();
        }
        try {
            return noteWritten(loop().buffers.write(requireTransport(), data));
        } catch (NotYetConnectedException e) {
            return tooEarly(e);
        } catch (IOException e) {
            throwUnlessLost(e);
            writeFailed(e);
            return 0;
        }
    }

    private void requireTransportUnlessOver() {
        if (!isEnding()) {
            requireTransport();
        }
    }

    /** While it connects there is no room yet and nothing has arrived; without a connect there will never be. */
    private int tooEarly(NotYetConnectedException e) {
        if (isConnecting()) {
            return 0;
        }
        String remedy = isDatagram()
                ? "call connect(), or name the address: sendTo()"
                : "call connect(), and wait for handleConnect()";
        throw new IllegalStateException(this + " is not connected: " + remedy, e);
    }

    final boolean isSending() {
        return transport != null && !outputLost && !isEnding();
    }

    /** The stream is lost, but what the peer sent before is still there: it is read to its end. */
    final void writeFailed(IOException e) {
        outputLost = true;
        debugLog("lost while writing", e);
        reportDropped(discardOutput());
        openGate(Interest.GATE_BACK_PRESSURE);
        if (isInputEnded() || e instanceof SSLException) {
            end(lossBy(e));
        } else {
            deadlines().watchWriteStall();
        }
    }

    final int noteWritten(int count) {
        if (count > 0) {
            bytesOut += count;
            loop().listeners.onBytesOut(self(), count);
            if (extrasIfAny() != null && deadlinesIfAny() != null) {
                deadlines().outputMoved();
            }
        }
        return count;
    }

    /** More waits than may: that is dropped, and the channel ends. */
    final void cutOff() {
        if (hasUnsentOutput()) {
            extras().cutOff = true;
        }
        end(CloseReason.OVERFLOW);
        reportDropped(discardOutput());
    }

    /** The loop's channels hold too much, and this one the most. */
    final void shed() {
        cutOff();
        inputHeld(0);
        transportHolds(0, 0);
    }

    @Override
    final boolean isCutOff() {
        CloseReason reason = endReason();
        return isKnownCutOff(reason) || (reason.cutsOff() && hasUnsentOutput());
    }

    /** Something is missing, although nothing need wait now. */
    private boolean isKnownCutOff(CloseReason reason) {
        Extras extras = extrasIfAny();
        return extras != null && (extras.cutOff || (extras.sourceFailed && reason == CloseReason.ERROR));
    }

    private boolean hasUnsentOutput() {
        return hasBlockedOutput() || (transport != null && transport.pendingOutput() > 0);
    }

    // ---- in ----

    /**
     * Reads once, up to this many bytes; empty means that nothing is there (yet: it may still be connecting) or that the
     * input has ended, of which the channel hears by {@link Dispatcher#handleEof()}. Python's {@code recv}.
     *
     * @throws IllegalStateException if it has no socket, or one that is neither connected nor being connected
     */
    public final byte[] recv(int max) throws IOException {
        if (max < 1) {
            throw new IllegalArgumentException("recv needs room for at least one byte, not " + max);
        }
        Transport open = beginRead();
        if (open == null) {
            return NOTHING;
        }
        try {
            byte[] bytes = loop().buffers.read(open, max);
            received(bytes == null ? -1 : bytes.length);
            return bytes == null ? NOTHING : bytes;
        } catch (NotYetConnectedException e) {
            tooEarly(e);
            return NOTHING;
        } catch (IOException e) {
            readFailed(e);
            return NOTHING;
        }
    }

    /** The transport, or null if there is no use in reading it any more. */
    private @Nullable Transport beginRead() {
        checkThread();
        noteWork();
        return isInputEnded() || isEnding() ? null : requireTransport();
    }

    /** Reads once into the buffer: the number of bytes, 0 for nothing, −1 for the end. */
    public final int recv(ByteBuffer target) throws IOException {
        checkThread();
        if (!target.hasRemaining()) {
            return 0;
        }
        Transport open = beginRead();
        return open == null ? -1 : read(open, target);
    }

    private int read(Transport open, ByteBuffer target) throws IOException {
        try {
            return received(loop().buffers.read(open, target));
        } catch (NotYetConnectedException e) {
            return tooEarly(e);
        } catch (IOException e) {
            readFailed(e);
            return -1;
        }
    }

    /**
     * Reads once into the loop's own buffer. What is returned belongs to the loop: it is overwritten by this channel's next
     * {@code recv()} and when the current callback returns. It is a direct buffer, which has no array and is sent on without
     * copying.
     */
    public final ByteBuffer recv() throws IOException {
        Transport open = beginRead();
        ByteBuffer lent = loan().direct(this);
        return open == null ? lent.flip() : readInto(open, lent);
    }

    /** The same into a buffer with an array, for those who work on that: the bytes are copied once more. */
    protected final ByteBuffer recvArray() throws IOException {
        Transport open = beginRead();
        ByteBuffer lent = loan().array(this);
        return open == null ? lent.flip() : readInto(open, lent);
    }

    private Loan loan() {
        EventLoop loop = loop();
        return loop.buffers.loan(loop.callbacks.depth());
    }

    private ByteBuffer readInto(Transport open, ByteBuffer lent) throws IOException {
        read(open, lent);
        return lent.flip();
    }

    private int received(int count) {
        if (count > 0) {
            noteInput(count);
        } else if (count < 0 && outputLost) {
            end(CloseReason.RESET); // a write was told of the loss, so that the input merely ends
        } else if (count < 0 && !isDatagram()) {
            inputEnded();
        }
        return count;
    }

    private void noteInput(int count) {
        EventLoop loop = loop();
        bytesIn += count;
        lastInput = loop.stamp();
        loop.listeners.onBytesIn(self(), count);
        if (extrasIfAny() != null) {
            noteInputOfFew();
        }
    }

    private void noteInputOfFew() {
        Deadlines deadlines = deadlinesIfAny();
        if (deadlines != null) {
            deadlines.inputArrived();
        }
        ChannelDrain drain = drain();
        if (drain != null) {
            drain.inputArrived();
        }
    }

    final void readFailed(IOException e) throws IOException {
        throwUnlessLost(e);
        debugLog("lost while reading", e);
        if (e instanceof TruncatedException && state() == ChannelState.CLOSING) {
            inputEnded(); // everything is said, and what the peer still had to say is not wanted
        } else {
            end(outputLost ? CloseReason.RESET : lossBy(e));
        }
    }

    private static CloseReason lossBy(IOException e) {
        return e instanceof TruncatedException
                ? CloseReason.TRUNCATED
                : e instanceof SSLException ? CloseReason.TLS_FAILED : CloseReason.RESET;
    }

    /** With datagrams it is an error of the call; with a file it ends the channel, but no peer was lost. */
    private void throwUnlessLost(IOException e) throws IOException {
        if (isDatagram()) {
            throw e;
        }
        if (transport instanceof FileTransport && !FileTransport.isPeerGone(e)) {
            end(CloseReason.ERROR);
            throw e;
        }
    }

    // ---- datagrams ----

    /** Takes one datagram and returns who sent it, or null if there is none. Python's {@code socket.recvfrom}. */
    public final @Nullable SocketAddress recvFrom(ByteBuffer target) throws IOException {
        checkThread();
        noteWork();
        if (isEnding()) {
            return null;
        }
        int before = target.position();
        SocketAddress sender = loop().buffers.receive(datagramTransport(), target);
        if (sender != null) {
            noteInput(target.position() - before);
        }
        return sender;
    }

    /** Sends one datagram; 0 if there is no room for it now. Python's {@code socket.sendto}. */
    public final int sendTo(byte[] data, SocketAddress target) throws IOException {
        return sendTo(ByteBuffer.wrap(data), target);
    }

    /** The same from a buffer. */
    public final int sendTo(ByteBuffer data, SocketAddress target) throws IOException {
        checkThread();
        noteWork();
        return noteWritten(loop().buffers.send(datagramTransport(), data, target));
    }

    private DatagramTransport datagramTransport() {
        if (requireTransport() instanceof DatagramTransport datagram) {
            return datagram;
        }
        throw new UnsupportedOperationException("this needs a datagram socket, which " + this + " is not");
    }

    /** Something for the log of those who debug. */
    abstract void debugLog(String message, @Nullable Throwable cause);
}

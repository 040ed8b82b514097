package io.asyncore.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a dispatcher reads from and writes to, always without blocking: a socket, a file, a TLS session over another
 * transport, a simulated wire. The counterpart of Python's {@code dispatcher.socket}.
 *
 * <p>Confined to the thread of the loop that watches it. Readiness is a set of the bits {@link #READ}, {@link #WRITE}
 * and {@link #EXPT}.
 */
public interface Transport extends Closeable {

    /** Readiness bit: a read (on a listening socket: an accept) would not come back empty-handed. */
    int READ = 1;

    /** Readiness bit: a write (on a connecting socket: {@link SocketTransport#finishConnect()}) would get on. */
    int WRITE = 2;

    /** Readiness bit: urgent (out-of-band) data. NIO has no such event; the simulated network does. */
    int EXPT = 4;

    /**
     * Reads what is there, up to the buffer's remaining bytes.
     *
     * @return the number of bytes read, 0 when there is nothing at the moment, −1 at the end of input
     * @throws IOException when the connection is lost
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Writes as much as goes without blocking and advances the buffer by it.
     *
     * @return the number of bytes taken, possibly 0
     * @throws IOException when the connection is lost
     */
    int write(ByteBuffer source) throws IOException;

    /** Ends the output: the peer reads the end after what was written so far. Input stays open. */
    void shutdownOutput() throws IOException;

    /** The address this end is bound to, or null while there is none. The default returns null. */
    default @Nullable SocketAddress localAddress() {
        return null;
    }

    /** The address of the other end, or null while there is none. The default returns null. */
    default @Nullable SocketAddress remoteAddress() {
        return null;
    }

    /**
     * Sets a socket option.
     *
     * @throws UnsupportedOperationException if this kind of transport does not have the option; the default throws it always
     */
    default <T> void setOption(SocketOption<T> option, T value) throws IOException {
        throw new UnsupportedOperationException("not a socket: it has no option " + option);
    }

    /**
     * The value of a socket option.
     *
     * @throws UnsupportedOperationException if this kind of transport does not have the option; the default throws it always
     */
    default <T> @Nullable T getOption(SocketOption<T> option) throws IOException {
        throw new UnsupportedOperationException("not a socket: it has no option " + option);
    }

    /**
     * Puts this transport under the watch of a poller, with no interest at first.
     *
     * @param poller one that came from the same provider as this transport
     * @param channel what the poller reports to its {@link ReadySink} when this transport is ready
     */
    Registration register(Poller poller, Object channel) throws IOException;

    /**
     * Readiness that no poller can see: decrypted bytes, a file's buffer that a helper thread filled. The loop asks
     * after everything that happened to the channel; who becomes ready at another time calls the dispatcher's
     * {@code interestChanged()}.
     */
    default int localReadiness() {
        return 0;
    }

    /**
     * The poller has found this transport ready: whatever it must do by itself, such as a TLS handshake, it does now. The
     * loop calls this just before it tells the dispatcher.
     *
     * @param op what was found, {@link #READ} or {@link #WRITE}
     * @return false if the dispatcher is not to hear of it
     * @throws IOException when the connection is lost
     */
    default boolean advance(int op) throws IOException {
        return true;
    }

    /** Bytes that {@link #write} has taken and that are not on their way yet; they go when the poller finds room. */
    default int pendingOutput() {
        return 0;
    }

    /** This transport, or one that it lies over, if it is of this kind; else null. */
    default <T extends Transport> @Nullable T unwrap(Class<T> kind) {
        return kind.isInstance(this) ? kind.cast(this) : null;
    }

    /** False after {@link #close()} or {@link #abort()}. Any thread. */
    boolean isOpen();

    /** Closes in good order; harmless when already closed. */
    @Override
    void close();

    /** Closes at once; a TCP peer sees a reset instead of an end. */
    default void abort() {
        close();
    }
}

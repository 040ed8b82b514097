package io.asyncore.chat;

import io.asyncore.ChannelMap;
import io.asyncore.CloseReason;
import io.asyncore.TracksInterest;
import io.asyncore.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Frames in, frames out, each behind its length: four bytes, the highest first, settable with {@link #setPrefixLength} and
 * {@link #setByteOrder}. The longest frame that is taken is what {@link #setMaxFrameLength} says; a longer one is refused by
 * what its prefix says, before any of it is kept.
 *
 * <pre>{@code
 * class Register extends LengthPrefixedChat {
 *     @Override
 *     protected void handleFrame(byte[] request) {
 *         pushFrame(answer(ByteBuffer.wrap(request)));
 *     }
 * }
 * }</pre>
 *
 * <p>Other prefixes are a matter of two methods: {@link #decodeLength} and {@link #encodeLength}.
 *
 * <p>Python has no such class; Twisted's {@code Int32StringReceiver} is alike, and so is Netty's
 * {@code LengthFieldBasedFrameDecoder}. Confined to the loop's thread, except for {@link #pushFrame} and {@link #push}, which
 * any thread may call.
 */
@TracksInterest
public abstract class LengthPrefixedChat extends AsyncChat {

    private volatile LengthPrefix prefix = new LengthPrefix(this, Integer.BYTES, ByteOrder.BIG_ENDIAN);

    /** Without a socket, for the {@linkplain ChannelMap#current() current map}. */
    protected LengthPrefixedChat() {
        setTerminator(prefix);
    }

    /** Without a socket; joins the map with its {@code createSocket}. */
    protected LengthPrefixedChat(ChannelMap map) {
        super(map);
        setTerminator(prefix);
    }

    /** On a connected transport, in the {@linkplain ChannelMap#current() current map}. */
    protected LengthPrefixedChat(Transport socket) {
        super(socket);
        setTerminator(prefix);
    }

    /** On a connected transport. */
    protected LengthPrefixedChat(Transport socket, ChannelMap map) {
        super(socket, map);
        setTerminator(prefix);
    }

    // ---- for subclasses to override ----

    /** A frame has arrived, without its prefix; the array is yours. It may be empty. Twisted's {@code stringReceived}. */
    protected abstract void handleFrame(byte[] frame) throws Exception;

    /**
     * How many bytes follow a prefix. The default returns the prefix; override it, and {@link #encodeLength}, where that
     * is not what it says: where the length counts the prefix, too, it is {@code prefix - 4}. It computes, or ends the
     * channel; it must not poll.
     *
     * @param prefix its bytes as a number, in the order that {@link #setByteOrder} says; negative only if all of eight are used
     * @return negative if the prefix makes no sense, which goes to {@link #handleError} as a
     *     {@link java.net.ProtocolException}
     */
    protected long decodeLength(long prefix) throws Exception {
        return prefix;
    }

    /**
     * The reverse of {@link #decodeLength}: the number to be put before a frame of so many bytes. What has no room in the
     * prefix fails {@link #pushFrame}, and so does a negative one. Any thread.
     */
    protected long encodeLength(int length) {
        return length;
    }

    /** The default says of a prefix that makes no sense in one line that it does, as any peer can send one. */
    @Override
    protected void handleError(Throwable error) throws Exception {
        if (error instanceof BadPrefix) {
            warnSparingly("prefix", this + ": closed, as " + error.getMessage());
            end(CloseReason.ERROR);
        } else {
            super.handleError(error);
        }
    }

    // ---- settings ----

    /** How many bytes a prefix has, from 1 to 8, from the next frame on; [4]. */
    public final void setPrefixLength(int bytes) {
        become(prefix.withLength(bytes));
    }

    /** Which byte of a prefix comes first, from the next frame on; [{@link ByteOrder#BIG_ENDIAN}, the highest]. */
    public final void setByteOrder(ByteOrder order) {
        become(prefix.withOrder(order));
    }

    private void become(LengthPrefix next) {
        setTerminator(next);
        prefix = next;
    }

    // ---- output ----

    /**
     * Queues a frame behind its prefix. Any thread. Twisted's {@code sendString}.
     *
     * @return false if the channel is ending and takes no more
     * @throws IllegalArgumentException if the prefix has too few bytes for the frame's length
     */
    public final boolean pushFrame(byte[] frame) {
        LengthPrefix current = prefix;
        return sendBehind(current.prefixFor(frame.length), current.width(), frame) > 0;
    }

    /** The same; the buffer's remaining bytes are copied. */
    public final boolean pushFrame(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return pushFrame(bytes);
    }

    // ---- for the parser ----

    @Override
    protected final void collectIncomingData(ByteBuffer data) throws Exception {
        super.collectIncomingData(data);
    }

    @Override
    protected final void foundTerminator() throws Exception {
        handleFrame(getData());
    }

    @Override
    boolean takesWholeFrames() {
        return true;
    }

    @Override
    void handleWholeFrame(byte[] bytes, int start, int length) throws Exception {
        handleFrame(Arrays.copyOfRange(bytes, start, start + length));
    }
}

package io.asyncore.chat;

import io.asyncore.ChannelMap;
import io.asyncore.CloseReason;
import io.asyncore.DispatcherWithSend;
import io.asyncore.TracksInterest;
import io.asyncore.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A dispatcher for protocols made of frames: its input is cut at a {@link Terminator}, which may change with every frame.
 * Python's {@code asynchat.async_chat}.
 *
 * <p>Each frame's bytes come through {@link #collectIncomingData}, in one or more parts, and then
 * {@link #foundTerminator()} is called. Parsing stops at once when the channel is closed, closing, or its reading is
 * paused; in the last case it goes on from there when reading is resumed.
 *
 * <p>Confined to the loop's thread, except for {@link #push}, which any thread may call.
 */
@TracksInterest
public abstract class AsyncChat extends DispatcherWithSend {

    private static final byte[] NO_END = {};

    private final FrameBuffer frame = new FrameBuffer();
    private final FrameParser parser = new FrameParser(this);
    private long heldTold;

    /** Without a socket, for the {@linkplain ChannelMap#current() current map}. */
    protected AsyncChat() {}

    /** Without a socket; joins the map with its {@code createSocket}. */
    protected AsyncChat(ChannelMap map) {
        super(map);
    }

    /** On a connected transport, in the {@linkplain ChannelMap#current() current map}. */
    protected AsyncChat(Transport socket) {
        super(socket);
    }

    /** On a connected transport. Python's {@code async_chat(sock, map)}. */
    protected AsyncChat(Transport socket, ChannelMap map) {
        super(socket, map);
    }

    // ---- for subclasses to override ----

    /**
     * A part of the current frame; the buffer is the loop's own and dead when this returns. The default keeps a copy for
     * {@link #getData()}. If this throws and the channel lives on, the same bytes come again when more has arrived. A poll
     * within this method does not read this channel. Python's {@code collect_incoming_data}.
     */
    protected void collectIncomingData(ByteBuffer data) throws Exception {
        if (frame.size() + data.remaining() > parser.maxFrameLength()) {
            parser.skipFrame(); // without a terminator nobody else counts
            frameTooLong();
        } else {
            frame.add(data);
        }
    }

    /** The current frame is complete. Python's {@code found_terminator}. */
    protected abstract void foundTerminator() throws Exception;

    /**
     * A frame is longer than it may be. The default closes the channel with {@link CloseReason#OVERFLOW}; if it is
     * overridden, the rest of the frame is skipped and parsing goes on with the next. With {@link Terminator#none()} there
     * is no next frame: what was collected is dropped, and collecting begins anew with what follows.
     */
    protected void handleFrameTooLong() throws Exception {
        warnSparingly(
                "frame",
                this + ": closed, as a frame is longer than " + parser.maxFrameLength() + " bytes: allow longer ones by"
                        + " setMaxFrameLength or ChannelOptions.withMaxFrameLength, of a server limits.frameLength");
        end(CloseReason.OVERFLOW);
    }

    // ---- input ----

    /** Where the next frame ends; takes effect at once, also within {@link #foundTerminator()}. */
    public final void setTerminator(Terminator next) {
        checkUnlessNew();
        parser.setTerminator(NoTerminator.insteadOfNull(next));
    }

    /** The next frame ends before these bytes. */
    public final void setTerminator(byte[] delimiter) {
        setTerminator(Terminator.delimiter(delimiter));
    }

    /** The next frame ends before this text, in UTF-8. */
    public final void setTerminator(String delimiter) {
        setTerminator(Terminator.delimiter(delimiter));
    }

    /** The next frame ends before this character. */
    public final void setTerminator(char delimiter) {
        setTerminator(Terminator.delimiter(delimiter));
    }

    /** Every so many bytes are a frame. */
    public final void setTerminator(int length) {
        setTerminator(Terminator.length(length));
    }

    /** Python's {@code get_terminator}. */
    public final Terminator getTerminator() {
        return parser.terminator();
    }

    /** What was collected since the last call. Python's {@code _get_data}. */
    protected final byte[] getData() {
        checkThread();
        byte[] data = frame.take();
        parser.frameTaken();
        return data;
    }

    /**
     * The longest frame in bytes, [{@link io.asyncore.ChannelOptions#maxFrameLength()}]; see
     * {@link #handleFrameTooLong()}. Input that cannot be parsed yet is bounded by it too.
     */
    public final void setMaxFrameLength(int bytes) {
        checkUnlessNew();
        if (bytes < 1) {
            throw new IllegalArgumentException("maxFrameLength must be at least 1, not " + bytes);
        }
        parser.setMaxFrameLength(bytes);
    }

    /** Without a socket it is still being made, on whatever thread. */
    private void checkUnlessNew() {
        if (isConnected() || isConnecting()) {
            checkThread();
        }
    }

    /**
     * Forgets what was collected, what was not parsed yet, and what waits to be sent. Of a frame whose length is known by its
     * prefix what is still to come is dropped, too. Python's {@code discard_buffers}.
     */
    public final void discardBuffers() {
        checkThread();
        frame.clear();
        parser.discard();
        discardQueued();
    }

    /** The frame that has begun, too. */
    @Override
    protected void discardPendingInput() {
        frame.clear();
        parser.clear();
    }

    /** Bytes left when parsing stopped at a closed gate. */
    @Override
    protected final boolean hasPendingInput() {
        return parser.hasPendingInput();
    }

    /** Reads once and parses. */
    @Override
    protected void handleRead() throws Exception {
        parser.read();
    }

    // ---- for the parser ----

    /** Does {@link #handleWholeFrame} do for frames that arrive in one piece? */
    boolean takesWholeFrames() {
        return false;
    }

    /** All of a frame, straight from the input; overridden by those to whom its parts mean nothing. */
    void handleWholeFrame(byte[] bytes, int start, int length) throws Exception {
        collectIncomingData(ByteBuffer.wrap(bytes, start, length));
        foundTerminator();
    }

    /** What has arrived, for the parser. */
    final ByteBuffer receive() throws Exception {
        return recvArray();
    }

    final boolean hasCollected() {
        return frame.size() > 0;
    }

    final boolean isParsingOver() {
        return isFinishing();
    }

    final boolean isParsingPaused() {
        return isReadingPaused();
    }

    /** A frame has begun, or (false) none is under way: the whole of it must arrive in time. */
    final void frameUnderWay(boolean begun) {
        if (begun) {
            messageBegan();
        } else {
            messageEnded();
        }
    }

    /** So much unparsed input is kept, and with it the frame as far as it has come. */
    final void tellHeld(int unparsed) {
        long held = (long) unparsed + frame.capacity();
        if (held != heldTold) {
            heldTold = held;
            noteHeldInput(held);
        }
    }

    /** A poll must leave the input alone, or no longer. */
    final void holdInput(boolean held) {
        holdReading(held);
    }

    final void frameTooLong() throws Exception {
        frame.clear();
        parser.frameTaken();
        handleFrameTooLong();
    }

    // ---- output ----

    /**
     * Queues all of the data. Python's {@code push}. Any thread.
     *
     * @return false if the channel is ending and takes no more
     */
    public final boolean push(byte[] data) {
        return data.length == 0 || send(data) > 0;
    }

    /** The same; the buffer's remaining bytes are copied. */
    public final boolean push(ByteBuffer data) {
        return !data.hasRemaining() || send(data) > 0;
    }

    /** The same for text, in UTF-8. */
    public final boolean push(String text) {
        return pushText(text, NO_END, StandardCharsets.UTF_8);
    }

    final boolean pushText(String text, byte[] end, Charset charset) {
        return (text.isEmpty() && end.length == 0) || sendText(text, end, charset) > 0;
    }

    /**
     * Queues output that is made as the peer takes it. A producer that is {@link AutoCloseable} is closed when it is done
     * and when the channel drops its output. On the loop's thread. Python's {@code push_with_producer}.
     */
    public final void pushWithProducer(Producer producer) {
        sendFrom(new ProducerSource(producer));
    }

    /** For {@link LineChat}: the frame's bytes as text, without a carriage return at the end. */
    final String takeLine(Charset charset) {
        return frame.takeLine(charset);
    }
}

package io.asyncore.chat;

import io.asyncore.ChannelMap;
import io.asyncore.CloseReason;
import io.asyncore.DispatcherWithSend;
import io.asyncore.TracksInterest;
import io.asyncore.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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

    private static final int DEFAULT_MAX_FRAME = 64 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final FrameBuffer frame = new FrameBuffer();
    private Terminator terminator = Terminator.none();
    private int maxFrameLength = DEFAULT_MAX_FRAME;

    // How far parsing has come. In fields, as a handler may poll, and this channel may be read again meanwhile.
    private int collected;
    private boolean skipping;
    private boolean collecting;
    private boolean discarding;
    private @Nullable ByteBuffer parsing;
    private @Nullable ByteBuffer leftOver;
    private boolean leftOverReady;

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
     * {@link #getData()}. Python's {@code collect_incoming_data}.
     */
    protected void collectIncomingData(ByteBuffer data) throws Exception {
        if (frame.size() + data.remaining() > maxFrameLength) {
            tooLong(); // without a terminator nobody else counts
        } else {
            frame.add(data);
        }
    }

    /** The current frame is complete. Python's {@code found_terminator}. */
    protected abstract void foundTerminator() throws Exception;

    /**
     * A frame is longer than it may be. The default closes the channel with {@link CloseReason#OVERFLOW}; if it is
     * overridden, the rest of the frame is skipped and parsing goes on with the next.
     */
    protected void handleFrameTooLong() throws Exception {
        logInfo(this + ": closed, as a frame is longer than " + maxFrameLength + " bytes", "warning");
        end(CloseReason.OVERFLOW);
    }

    // ---- input ----

    /** Where the next frame ends; takes effect at once, also within {@link #foundTerminator()}. */
    public final void setTerminator(Terminator next) {
        terminator = next;
        if (leftOver != null && parsing == null && next.search(leftOver, collected) >= 0) {
            leftOverReady = true; // what could have been the beginning of the old one is a frame now
            interestChanged();
        }
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
        return terminator;
    }

    /** What was collected since the last call. Python's {@code _get_data}. */
    protected final byte[] getData() {
        return frame.take();
    }

    /** The longest frame in bytes, [64 KiB]; see {@link #handleFrameTooLong()}. */
    public final void setMaxFrameLength(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("maxFrameLength must be at least 1, not " + bytes);
        }
        maxFrameLength = bytes;
    }

    /** Forgets what was collected, what was not parsed yet, and what waits to be sent. Python's {@code discard_buffers}. */
    public final void discardBuffers() {
        frame.clear();
        collected = 0;
        leftOver = null;
        leftOverReady = false;
        discarding = parsing != null;
        discardQueued();
    }

    /** Bytes left when parsing stopped at a closed gate. */
    @Override
    protected final boolean hasPendingInput() {
        return leftOverReady;
    }

    /** Reads once and parses. */
    @Override
    protected void handleRead() throws Exception {
        if (collecting) {
            readAhead();
            return;
        }
        if (parsing != null) {
            cut(parsing); // a poll within foundTerminator: the rest of what it was found in comes first
        }
        ByteBuffer input = leftOverReady ? takeLeftOver() : behindLeftOver(recv());
        if (input.hasRemaining()) {
            parse(input);
        }
    }

    /** A poll within collectIncomingData: its bytes come first, and no end may be read before those read ahead are parsed. */
    private void readAhead() throws Exception {
        if (leftOver == null) {
            ByteBuffer early = recv();
            if (early.hasRemaining()) {
                keep(early, true);
            }
        }
    }

    private void parse(ByteBuffer input) throws Exception {
        ByteBuffer outer = parsing;
        parsing = input;
        try {
            cut(input);
        } finally {
            parsing = outer;
            discarding = false;
            if (input.hasRemaining() && !isFinishing()) {
                keep(input, true); // a handler failed, and the channel lives on
            }
        }
    }

    /** Cuts the input into frames until it is used up or parsing must stop. */
    private void cut(ByteBuffer input) throws Exception {
        while (input.hasRemaining() && !isFinishing()) {
            if (discarding) {
                discarding = false;
                input.position(input.limit());
                return;
            }
            if (isReadingPaused()) {
                keep(input, true);
                return;
            }
            Terminator current = terminator;
            int end = current.search(input, collected);
            if (end >= 0) {
                collect(input, end, current.width());
                frameComplete();
            } else if (end == ~0) {
                keep(input, false); // perhaps the beginning of a terminator: more must arrive
                return;
            } else {
                collect(input, ~end, 0);
            }
        }
    }

    /** Takes bytes of the frame from the input, and the terminator behind them. */
    private void collect(ByteBuffer input, int length, int width) throws Exception {
        boolean counted = terminator != Terminator.none();
        if (length > 0 && !skipping && counted && collected + length > maxFrameLength) {
            tooLong();
        } else if (length > 0 && !skipping) {
            handOut(input, length);
        }
        input.position(input.position() + length + width);
        collected = counted ? collected + length : 0;
    }

    /** If the handler fails, the bytes stay: a channel that lives on gets them again. */
    private void handOut(ByteBuffer input, int length) throws Exception {
        int start = input.position();
        int limit = input.limit();
        collecting = true;
        try {
            collectIncomingData(input.limit(start + length));
        } finally {
            collecting = false;
            input.limit(limit).position(start);
        }
    }

    private void frameComplete() throws Exception {
        collected = 0;
        if (skipping) {
            skipping = false;
        } else if (!isFinishing()) {
            foundTerminator();
        }
    }

    private void tooLong() throws Exception {
        skipping = true;
        frame.clear();
        handleFrameTooLong();
    }

    /** Copies the rest of what is parsed out of the loop's buffer; what was left over meanwhile is younger. */
    private void keep(ByteBuffer rest, boolean ready) {
        ByteBuffer younger = takeLeftOver();
        leftOverReady = ready || younger.hasRemaining();
        leftOver = joined(rest, younger);
    }

    /** What could have been the beginning of a terminator, and now what follows. */
    private ByteBuffer behindLeftOver(ByteBuffer next) {
        return leftOver == null || !next.hasRemaining() ? next : joined(takeLeftOver(), next);
    }

    private ByteBuffer takeLeftOver() {
        ByteBuffer taken = leftOver;
        leftOver = null;
        leftOverReady = false;
        return taken == null ? NOTHING : taken;
    }

    /** A copy of both. */
    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }

    // ---- output ----

    /**
     * Queues all of the data. Python's {@code push}. Any thread.
     *
     * @return false if the channel is ending and takes no more
     */
    public final boolean push(byte[] data) {
        return push(ByteBuffer.wrap(data));
    }

    /** The same; the buffer's remaining bytes are copied. */
    public final boolean push(ByteBuffer data) {
        return !data.hasRemaining() || send(data) > 0;
    }

    /** The same for text, in UTF-8. */
    public final boolean push(String text) {
        return push(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Queues output that is made as the peer takes it. On the loop's thread. Python's {@code push_with_producer}. */
    public final void pushWithProducer(Producer producer) {
        sendFrom(producer::more);
    }

    /** For {@link LineChat}: the frame's bytes as text, without a carriage return at the end. */
    final String takeLine(Charset charset) {
        return frame.takeLine(charset);
    }
}

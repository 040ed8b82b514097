package io.asyncore.chat;

import io.asyncore.ChannelMap;
import io.asyncore.TracksInterest;
import io.asyncore.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Objects;

/**
 * Lines of text in, lines of text out. A line ends with a line feed, and a carriage return before it is dropped; what
 * {@link #pushLine} sends ends with both, or as {@link #setLineEnd} says. UTF-8, settable. The longest line is what
 * {@link #setMaxFrameLength} says, in bytes; a carriage return counts, a line feed does not. What comes after the last line
 * feed is no line: if the input ends there, it is dropped.
 *
 * <p>Python has no such class; Twisted's {@code LineReceiver} is alike. Confined to the loop's thread, except for
 * {@link #pushLine} and {@link #push}, which any thread may call.
 */
@TracksInterest
public abstract class LineChat extends AsyncChat {

    private static final Terminator LINE_FEED = Terminator.delimiter('\n');

    private volatile LineFormat format = LineFormat.DEFAULT;

    /** Without a socket, for the {@linkplain ChannelMap#current() current map}. */
    protected LineChat() {
        setTerminator(LINE_FEED);
    }

    /** Without a socket; joins the map with its {@code createSocket}. */
    protected LineChat(ChannelMap map) {
        super(map);
        setTerminator(LINE_FEED);
    }

    /** On a connected transport, in the {@linkplain ChannelMap#current() current map}. */
    protected LineChat(Transport socket) {
        super(socket);
        setTerminator(LINE_FEED);
    }

    /** On a connected transport. */
    protected LineChat(Transport socket, ChannelMap map) {
        super(socket, map);
        setTerminator(LINE_FEED);
    }

    /** A line has arrived, without its end. */
    protected abstract void handleLine(String line) throws Exception;

    /**
     * Queues a line and its end. Any thread.
     *
     * @return false if the channel is ending and takes no more
     */
    public final boolean pushLine(String line) {
        LineFormat current = format;
        return pushText(Objects.requireNonNull(line, "line"), current.end(), current.charset());
    }

    /** What ends a line that is pushed; [CR LF]. */
    public final void setLineEnd(String end) {
        format = format.withEnd(end);
    }

    /** How lines are encoded, both ways; [UTF-8]. It must encode a line feed as the one byte 10, as UTF-16 does not. */
    public final void setCharset(Charset charset) {
        format = format.withCharset(charset);
    }

    @Override
    protected final void collectIncomingData(ByteBuffer data) throws Exception {
        super.collectIncomingData(data);
    }

    @Override
    protected final void foundTerminator() throws Exception {
        handleLine(takeLine(format.charset()));
    }

    @Override
    boolean takesWholeFrames() {
        return true;
    }

    @Override
    void handleWholeFrame(byte[] bytes, int start, int length) throws Exception {
        handleLine(FrameBuffer.line(bytes, start, length, format.charset()));
    }
}

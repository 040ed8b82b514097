package io.asyncore.chat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the input of a chat into frames and knows how far that has come. Confined to the loop's thread.
 *
 * <p>All of its state is in fields, as the callbacks may poll and the chat may be read again meanwhile: what such an inner
 * read cuts off, the outer one finds gone.
 */
final class FrameParser {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final long NOT_DECLARED = -1;

    private final AsyncChat chat;
    private final boolean wholeFrames;
    private Terminator terminator = Terminator.none();
    private int maxFrameLength;

    /** What arrived and was not taken yet: within a read perhaps the loop's own buffer, afterwards a copy. */
    private ByteBuffer input = NOTHING;

    /** Can the input be parsed as it is? If not, it waits for what follows. */
    private boolean ready;

    /** All bytes ever taken: it tells whether an attempt came to anything. */
    private long taken;

    /** Bytes of the current frame; 0 where nobody counts. */
    private long collected;

    /** What comes before each frame, if that tells where it ends. */
    private @Nullable LengthPrefix prefix;

    /** What the current frame's prefix says; negative if there is none, or it has not arrived. */
    private long declared = NOT_DECLARED;

    /** The current frame was too long: the rest of it is dropped. */
    private boolean skipping;

    private boolean parsing;
    private boolean collecting;
    private boolean held;

    /** A frame has begun and is not complete; and was one completed since that was said? */
    private boolean underWay;

    private boolean completed;

    FrameParser(AsyncChat chat) {
        this.chat = chat;
        this.wholeFrames = chat.takesWholeFrames();
    }

    Terminator terminator() {
        return terminator;
    }

    /** What could have been the beginning of the old one may be a frame now; what a handler failed on is not tried again. */
    void setTerminator(Terminator next) {
        boolean waiting = input.hasRemaining() && !ready;
        if (waiting && search(terminator) < 0 && search(next) >= 0) {
            ready = true;
            chat.interestChanged();
        }
        terminator = next;
        prefix = next instanceof LengthPrefix lengths ? lengths : null;
        declared = prefix == null ? NOT_DECLARED : declared;
        skipping &= isCounted();
        if (underWay && !parsing) {
            tellProgress();
        }
    }

    /** What was set, or else what the channel's options say. */
    int maxFrameLength() {
        return maxFrameLength > 0 ? maxFrameLength : chat.options().maxFrameLength();
    }

    void setMaxFrameLength(int bytes) {
        maxFrameLength = bytes;
    }

    /** Without a terminator there are no frames to count the bytes of. */
    private boolean isCounted() {
        return terminator != Terminator.none();
    }

    /** The rest of the current frame is dropped; where frames never end, there is no rest. */
    void skipFrame() {
        skipping = isCounted();
    }

    /** Forgets input and frame; what comes next begins a frame. */
    void clear() {
        collected = 0;
        skipping &= declared < 0;
        declared = NOT_DECLARED;
        forgetInput();
    }

    /** The same; but of a frame whose length is known the rest is dropped, too, as it arrives: it is no prefix. */
    void discard() {
        if (declared < 0) {
            collected = 0;
        } else {
            collected += Math.min(input.remaining(), declared - collected);
            skipping = true;
        }
        forgetInput();
    }

    private void forgetInput() {
        input = NOTHING;
        ready = false;
        tellProgress();
    }

    /** Is there something to parse although nothing arrives? */
    boolean hasPendingInput() {
        return ready && !parsing;
    }

    /** Parses what is left, then reads once and parses that. */
    void read() throws Exception {
        if (collecting) {
            held = true; // not even read: the bytes being collected come first, and so does what is behind them
            chat.holdInput(true);
            return;
        }
        if (ready) {
            parse();
        }
        if (!ready && !chat.isParsingOver() && !chat.isParsingPaused()) {
            receive();
        }
    }

    private void receive() throws Exception {
        if (input.remaining() > (long) maxFrameLength() + terminator.width()) {
            input = NOTHING; // too much to hold back
            skipFrame();
            chat.frameTooLong();
            return;
        }
        ByteBuffer next = chat.receive();
        if (!next.hasRemaining()) {
            return;
        }
        input = input.hasRemaining() ? joined(input, next) : next;
        parse();
    }

    private void parse() throws Exception {
        boolean inner = parsing;
        long before = taken;
        boolean failed = true;
        parsing = true;
        try {
            cut();
            failed = false;
        } finally {
            parsing = inner;
            ready &= !failed || taken != before;
            keepRest();
            tellProgress();
        }
    }

    /** Nothing is said while frames arrive whole. */
    private void tellProgress() {
        boolean partial = isCounted() && (collected > 0 || declared >= 0 || skipping || input.hasRemaining());
        if (partial ? completed || !underWay : underWay) {
            chat.frameUnderWay(partial);
        }
        underWay = partial;
        completed = false;
        chat.tellHeld(input.hasRemaining() ? input.capacity() : 0);
    }

    /** What was collected is gone. */
    void frameTaken() {
        if (!parsing) {
            tellProgress();
        }
    }

    /** The loop's buffer is only lent. */
    private void keepRest() {
        input = input.hasRemaining() && !chat.isParsingOver() ? joined(input, NOTHING) : NOTHING;
        ready &= input.hasRemaining();
    }

    /** Takes frames from the input until it is used up or parsing must stop. */
    private void cut() throws Exception {
        while (input.hasRemaining() && !chat.isParsingOver()) {
            ready = true;
            if (chat.isParsingPaused()) {
                return;
            }
            ready = prefix == null ? cutAtEnd() : cutBehind(prefix);
            if (!ready) {
                return;
            }
        }
    }

    /** Takes a frame, or a part of one, before its terminator; false if more must arrive. */
    private boolean cutAtEnd() throws Exception {
        Terminator current = terminator;
        int end = search(current);
        if (end >= 0 && isWhole(end)) {
            takeWhole(end, current.width());
        } else if (end >= 0) {
            take(end, current.width(), true);
        } else if (end != ~0) {
            take(~end, 0, false);
        } else {
            return false; // perhaps the beginning of a terminator
        }
        return true;
    }

    private int search(Terminator wanted) {
        return wanted.search(input, (int) Math.min(collected, Integer.MAX_VALUE));
    }

    /** Like {@link #cutAtEnd} for frames behind a prefix; false if more must arrive. */
    private boolean cutBehind(LengthPrefix lengths) throws Exception {
        if (declared < 0) {
            if (lengths.search(input, 0) < 0) {
                return false;
            }
            takePrefix(lengths);
            if (chat.isParsingOver()) {
                return true;
            }
            if (declared > maxFrameLength()) {
                skipping = true;
                chat.frameTooLong();
                return true;
            }
        }
        int length = (int) Math.min(declared - collected, input.remaining());
        boolean complete = length == declared - collected;
        if (complete && isWhole(length)) {
            takeWhole(length, 0);
        } else if (complete || length > 0) {
            take(length, 0, complete);
        }
        return true;
    }

    /** What was collected of another kind of frame stays before this one, and does not count. */
    private void takePrefix(LengthPrefix lengths) throws Exception {
        declared = lengths.lengthIn(input);
        collected = 0;
        input.position(input.position() + lengths.width());
        taken += lengths.width();
    }

    /** Is this all of a frame, and does nobody want to collect it? */
    private boolean isWhole(int length) {
        return wholeFrames && collected == 0 && !skipping && length <= maxFrameLength() && !chat.hasCollected();
    }

    /** That a line is not collected first makes it faster by a tenth, and leaves no garbage. */
    private void takeWhole(int length, int width) throws Exception {
        ByteBuffer from = input;
        int start = from.position();
        from.position(start + length + width);
        taken += length + width;
        completed = true;
        declared = NOT_DECLARED;
        chat.handleWholeFrame(from.array(), from.arrayOffset() + start, length);
    }

    /** Takes bytes of the frame from the input, and the terminator behind them. */
    private void take(int length, int width, boolean complete) throws Exception {
        boolean counted = isCounted();
        ByteBuffer from = input;
        boolean tooLong = length > 0 && !skipping && counted && collected + length > maxFrameLength();
        if (tooLong) {
            skipping = true;
        } else if (length > 0 && !skipping) {
            handOut(from, length);
        }
        boolean skipped = skipping;
        skipping &= !complete;
        completed |= complete;
        collected = counted && !complete ? collected + length : 0;
        declared = complete ? NOT_DECLARED : declared;
        from.position(from.position() + length + width);
        taken += length + width;
        if (tooLong) {
            chat.frameTooLong();
        } else if (complete && !skipped && !chat.isParsingOver()) {
            chat.foundTerminator();
        }
    }

    /** If the handler fails, the bytes stay: a channel that lives on gets them again, together with what follows. */
    private void handOut(ByteBuffer from, int length) throws Exception {
        int start = from.position();
        int limit = from.limit();
        collecting = true;
        try {
            chat.collectIncomingData(from.limit(start + length));
        } finally {
            collecting = false;
            from.limit(limit).position(start);
            if (held) {
                held = false;
                chat.holdInput(false);
            }
        }
    }

    /** A copy of both. */
    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }
}

package io.asyncore.chat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Cuts the input of a chat into frames and knows how far the current one has come. Confined to the loop's thread. */
final class FrameParser extends FrameInput {

    private static final long NOT_DECLARED = -1;

    private final boolean wholeFrames;
    private Terminator terminator = Terminator.none();
    private int maxFrameLength;

    /** Bytes of the current frame; 0 where nobody counts. */
    private long collected;

    /** What comes before each frame, if that tells where it ends. */
    private @Nullable LengthPrefix prefix;

    /** What the current frame's prefix says; negative if there is none, or it has not arrived. */
    private long declared = NOT_DECLARED;

    /** The current frame was too long: the rest of it is dropped. */
    private boolean skipping;

    /** A frame has begun and is not complete; and was one completed since that was said? */
    private boolean underWay;

    private boolean completed;

    FrameParser(AsyncChat chat) {
        super(chat);
        this.wholeFrames = chat.takesWholeFrames();
    }

    // ---- settings ----

    Terminator terminator() {
        return terminator;
    }

    /** What could have been the beginning of the old one may be a frame now; what a handler failed on is not tried again. */
    void setTerminator(Terminator next) {
        if (isWaiting() && search(terminator) < 0 && search(next) >= 0) {
            becomeReady();
        }
        terminator = next;
        prefix = next instanceof LengthPrefix lengths ? lengths : null;
        declared = prefix == null ? NOT_DECLARED : declared;
        skipping &= isCounted();
        if (underWay && !isParsing()) {
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

    // ---- the current frame ----

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
            collected += Math.min(input().remaining(), declared - collected);
            skipping = true;
        }
        forgetInput();
    }

    @Override
    long longestInput() {
        return (long) maxFrameLength() + terminator.width();
    }

    @Override
    void inputTooLong() throws Exception {
        skipFrame();
        chat.frameTooLong();
    }

    /** Nothing is said while frames arrive whole. */
    @Override
    void tellProgress() {
        boolean partial = isCounted() && (collected > 0 || declared >= 0 || skipping || hasInput());
        if (partial ? completed || !underWay : underWay) {
            chat.frameUnderWay(partial);
        }
        underWay = partial;
        completed = false;
        chat.tellHeld(hasInput() ? input().capacity() : 0);
    }

    /** What was collected is gone. */
    void frameTaken() {
        if (!isParsing()) {
            tellProgress();
        }
    }

    // ---- cutting ----

    @Override
    boolean cutOff() throws Exception {
        return prefix == null ? cutAtEnd() : cutBehind(prefix);
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
        return wanted.search(input(), (int) Math.min(collected, Integer.MAX_VALUE));
    }

    /** Like {@link #cutAtEnd} for frames behind a prefix; false if more must arrive. */
    private boolean cutBehind(LengthPrefix lengths) throws Exception {
        if (declared < 0) {
            if (lengths.search(input(), 0) < 0) {
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
        int length = (int) Math.min(declared - collected, input().remaining());
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
        ByteBuffer from = input();
        declared = lengths.lengthIn(from);
        collected = 0;
        pass(from, lengths.width());
    }

    /** Is this all of a frame, and does nobody want to collect it? */
    private boolean isWhole(int length) {
        return wholeFrames && collected == 0 && !skipping && length <= maxFrameLength() && !chat.hasCollected();
    }

    /** That a line is not collected first makes it faster by a tenth, and leaves no garbage. */
    private void takeWhole(int length, int width) throws Exception {
        ByteBuffer from = input();
        int start = from.arrayOffset() + from.position();
        pass(from, length + width);
        completed = true;
        declared = NOT_DECLARED;
        chat.handleWholeFrame(from.array(), start, length);
    }

    /** Takes bytes of the frame from the input, and the terminator behind them. */
    private void take(int length, int width, boolean complete) throws Exception {
        ByteBuffer from = input();
        boolean counted = isCounted();
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
        pass(from, length + width);
        if (tooLong) {
            chat.frameTooLong();
        } else if (complete && !skipped && !chat.isParsingOver()) {
            chat.foundTerminator();
        }
    }
}

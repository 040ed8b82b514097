package io.asyncore.chat;

import java.nio.ByteBuffer;

/**
 * What has arrived for a chat and was not taken yet, and when it is parsed. Confined to the loop's thread.
 *
 * <p>All of its state is in fields, as the callbacks may poll and the chat may be read again meanwhile: what such an inner
 * read cuts off, the outer one finds gone.
 */
abstract class FrameInput {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    final AsyncChat chat;

    /** Within a read perhaps the loop's own buffer, afterwards a copy. */
    private ByteBuffer input = NOTHING;

    /** Can the input be parsed as it is? If not, it waits for what follows. */
    private boolean ready;

    /** All bytes ever taken: it tells whether an attempt came to anything. */
    private long taken;

    private boolean parsing;
    private boolean collecting;
    private boolean held;

    FrameInput(AsyncChat chat) {
        this.chat = chat;
    }

    // ---- what it asks of the parser ----

    /** Takes a frame, a part of one, or what comes before one; false if more must arrive. */
    abstract boolean cutOff() throws Exception;

    /** Input that cannot be parsed is kept as long as it is no longer than this. */
    abstract long longestInput();

    /** It is longer, and dropped. */
    abstract void inputTooLong() throws Exception;

    /** The chat is to know how far its frame has come. */
    abstract void tellProgress();

    // ---- for the parser ----

    final ByteBuffer input() {
        return input;
    }

    final boolean hasInput() {
        return input.hasRemaining();
    }

    /** Waits for more, as it could not be parsed so far. */
    final boolean isWaiting() {
        return input.hasRemaining() && !ready;
    }

    /** What could not be parsed so far now can. */
    final void becomeReady() {
        ready = true;
        chat.interestChanged();
    }

    final boolean isParsing() {
        return parsing;
    }

    /** Goes past the next bytes of what was the input when they were looked at. */
    final void pass(ByteBuffer from, int bytes) {
        from.position(from.position() + bytes);
        taken += bytes;
    }

    final void forgetInput() {
        input = NOTHING;
        ready = false;
        tellProgress();
    }

    /** Gives the chat the next bytes. If it fails, they stay: a channel that lives on gets them again, with what follows. */
    final void handOut(ByteBuffer from, int length) throws Exception {
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

    // ---- reading ----

    /** Is there something to parse although nothing arrives? */
    final boolean hasPendingInput() {
        return ready && !parsing;
    }

    /** Parses what is left, then reads once and parses that. */
    final void read() throws Exception {
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
        if (input.remaining() > longestInput()) {
            input = NOTHING;
            inputTooLong();
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

    /** Takes frames from the input until it is used up or parsing must stop. */
    private void cut() throws Exception {
        while (input.hasRemaining() && !chat.isParsingOver()) {
            ready = true;
            if (chat.isParsingPaused()) {
                return;
            }
            ready = cutOff();
            if (!ready) {
                return;
            }
        }
    }

    /** The loop's buffer is only lent. */
    private void keepRest() {
        input = input.hasRemaining() && !chat.isParsingOver() ? joined(input, NOTHING) : NOTHING;
        ready &= input.hasRemaining();
    }

    /** A copy of both. */
    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }
}

package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * How the output of a channel comes to its end, and the channel with it if that was asked for. There is none while nobody
 * wants an end. Confined to the loop's thread, except for what says otherwise.
 */
final class OutputEnd {

    private static final AtomicReferenceFieldUpdater<OutputEnd, Stage> STAGE =
            AtomicReferenceFieldUpdater.newUpdater(OutputEnd.class, Stage.class, "stage");

    private static final int DISCARD_AT_MOST = 64 * 1024;
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** What has been asked for and how far it is; it only goes forward. Nothing new can be sent in any of them. */
    enum Stage {
        /** The request is on its way, behind what other threads have sent. */
        REFUSING,
        /** The end of the output follows what is queued. */
        ENDING,
        /** The peer is told, and may still send. */
        ENDED,
        /** Nothing is parsed any more; the request to close is on its way. */
        FINISHING,
        /** The channel is closed after what is queued. */
        CLOSING,
        /** Everything is out; the peer gets some time to end its side. */
        LINGERING
    }

    private final Output channel;
    private volatile Stage stage = Stage.REFUSING;
    private int discarded;

    OutputEnd(Output channel) {
        this.channel = channel;
    }

    private boolean hasReached(Stage least) {
        return stage.compareTo(least) >= 0;
    }

    /** False if it is as far already. Any thread. */
    private boolean advance(Stage next) {
        Stage before;
        do {
            before = stage;
            if (before.compareTo(next) >= 0) {
                return false;
            }
        } while (!STAGE.compareAndSet(this, before, next));
        return true;
    }

    // ---- what was asked for ----

    /** Is the channel to be closed, as far as callers are concerned? Any thread. */
    boolean isFinishing() {
        return hasReached(Stage.FINISHING);
    }

    boolean isClosing() {
        return hasReached(Stage.CLOSING);
    }

    boolean isEnding() {
        return stage == Stage.ENDING;
    }

    /** Nothing is parsed from now on. Any thread. */
    void finish() {
        advance(Stage.FINISHING);
    }

    /** The end of the output follows what is queued. */
    void requestEnd() {
        if (advance(Stage.ENDING)) {
            channel.writeLater();
        }
    }

    /** The channel is closed after what is queued. */
    void requestClose() {
        if (channel.isEnding() || !advance(Stage.CLOSING)) {
            return;
        }
        if (channel.isConnected()) {
            channel.become(ChannelState.CLOSING);
            channel.writeLater();
        } else if (!channel.isConnecting()) {
            channel.end(CloseReason.LOCAL);
        }
    }

    // ---- what is done ----

    /** Is there something to do that needs no room in the kernel? */
    boolean isDue() {
        return isClosing() ? stage != Stage.LINGERING : isEnding() && !channel.hasBlockedOutput();
    }

    /** The channel may have been connected only now. */
    void beforeWrite() {
        if (isClosing() && channel.state() == ChannelState.CONNECTED) {
            channel.become(ChannelState.CLOSING);
        }
    }

    /** As much is written as goes. */
    void afterWrite() throws IOException {
        if (channel.hasBlockedOutput() || !channel.isConnected()) {
            return;
        }
        if (isEnding() && channel.isSending()) {
            advance(Stage.ENDED);
            channel.outputEnded = true;
            channel.requireTransport().shutdownOutput();
        } else if (stage == Stage.CLOSING) {
            sayGoodbye();
        }
    }

    /** Says so to the peer, and gives it some time to end its side. */
    private void sayGoodbye() throws IOException {
        if (channel.isInputEnded() || channel.outputLost) {
            advance(Stage.LINGERING);
            channel.end(channel.outputLost ? CloseReason.RESET : CloseReason.LOCAL);
            return;
        }
        Transport transport = channel.requireTransport();
        transport.shutdownOutput();
        if (channel.isOut(transport)) {
            advance(Stage.LINGERING);
            channel.changed();
            channel.deadlines().watchLinger(LINGER);
        }
    }

    /** What still arrives after the close was requested. */
    void discardInput(int count) {
        discarded += count;
        if (channel.isInputEnded() || discarded > DISCARD_AT_MOST) {
            channel.end(CloseReason.LOCAL);
        }
    }
}

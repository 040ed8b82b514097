package io.asyncore;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The deadlines of a channel but that of its idleness, as far as it has any under way. Confined to the loop's thread. */
final class Deadlines {

    private final Dispatcher channel;
    private @Nullable Deadline connect;
    private @Nullable Deadline writeStall;
    private @Nullable Deadline linger;
    private @Nullable Deadline handshake;
    private boolean handshakeProlonged;
    private @Nullable MessageDeadline message;

    Deadlines(Dispatcher channel) {
        this.channel = channel;
    }

    void inputArrived() {
        if (message != null) {
            message.inputArrived();
        }
    }

    /** A new message has begun and is not complete. */
    void messageBegan(Duration timeout) {
        if (message == null) {
            message = new MessageDeadline(channel, timeout);
        }
        message.begin();
    }

    /** No message is under way. */
    void messageEnded() {
        if (message != null) {
            message.end();
        }
    }

    /** Our own gate was closed: that was not the peer's time. */
    void readingResumed() {
        if (message != null) {
            message.startOver();
        }
    }

    void watchConnect() {
        Duration timeout = channel.options().connectTimeout();
        connect = Deadline.of(channel, timeout, unused -> connectPassed(timeout));
        connect.arm();
    }

    void connectDone() {
        if (connect != null) {
            connect.disarm();
            connect = null;
        }
    }

    private void connectPassed(Duration timeout) throws IOException {
        connect = null;
        channel.connectTimedOut(new SocketTimeoutException("no connection within " + timeout));
    }

    /** Output waits for the peer, or input for a closed gate after a failed write. */
    void watchWriteStall() {
        if (writeStall == null) {
            Duration timeout = channel.options().writeStallTimeout();
            writeStall = Deadline.of(channel, timeout, unused -> writeStallPassed());
        }
        writeStall.startOver();
    }

    void outputMoved() {
        if (writeStall != null) {
            writeStall.touch();
        }
    }

    private void writeStallPassed() throws Exception {
        if (channel.outputLost) {
            channel.end(CloseReason.RESET);
        } else if (channel.hasBlockedOutput()) {
            if (writeStall != null) {
                writeStall.arm();
            }
            if (channel.isHandshaking()) {
                return; // it has a deadline of its own, and takes no output
            }
            channel.timedOut(Timeout.WRITE_STALL);
        }
    }

    /** A TLS handshake has begun. */
    void watchHandshake() {
        handshakeOver();
        Duration timeout = channel.options().handshakeTimeout();
        handshake = Deadline.of(channel, timeout, unused -> handshakePassed());
        handshake.arm();
        handshakeProlonged = false;
    }

    void handshakeOver() {
        if (handshake != null) {
            handshake.disarm();
            handshake = null;
            channel.notIdle();
        }
    }

    /** The time in which we did not answer, as the process was stopped say, was not the peer's; but only once. */
    private void handshakePassed() throws Exception {
        if (handshake != null) {
            boolean late = handshake.lateness() > 0;
            if (late && !handshakeProlonged) {
                handshakeProlonged = true;
                handshake.prolong(handshake.lateness());
                return;
            }
            handshake.arm(); // for a handler that decides to stay
        }
        channel.timedOut(Timeout.HANDSHAKE);
    }

    /** The peer gets this long to end its side after we have ended ours. */
    void watchLinger(Duration timeout) {
        linger = Deadline.of(channel, timeout, unused -> channel.end(CloseReason.LOCAL));
        linger.arm();
    }

    /** Leaving the map, for good or for another one. */
    void disarm() {
        for (Deadline deadline : new @Nullable Deadline[] {connect, writeStall, linger, handshake}) {
            if (deadline != null) {
                deadline.disarm();
            }
        }
        if (message != null) {
            message.disarm();
        }
    }

    /** In a new map. */
    void rearm() {
        if (channel.isConnecting()) {
            watchConnect();
        }
        if (channel.hasBlockedOutput() || channel.outputLost) {
            watchWriteStall();
        }
        if (linger != null) {
            linger.arm();
        }
        if (handshake != null) {
            watchHandshake();
        }
        if (message != null) {
            message.startOver();
        }
    }

    /** The channel's options have changed: what is under way starts anew with them. */
    void optionsChanged() {
        if (handshake != null) {
            watchHandshake();
        }
        if (writeStall != null) {
            boolean underWay = writeStall.isArmed();
            writeStall.disarm();
            writeStall = null;
            if (underWay) {
                watchWriteStall();
            }
        }
        if (message != null) {
            message = message.with(channel.options().messageTimeout());
        }
    }
}

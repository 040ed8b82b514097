package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.time.Duration;

/**
 * The part of a dispatcher that turns what the loop has found into its callbacks, unless the channel's state says that they
 * come too late. Confined to the loop's thread.
 */
abstract class Events extends Logged {

    Events(ChannelMap map) {
        super(map);
    }

    protected abstract void handleRead() throws Exception;

    protected abstract void handleWrite() throws Exception;

    protected abstract void handleExpt() throws Exception;

    protected abstract void handleConnect() throws Exception;

    protected abstract void handleAccept() throws Exception;

    protected abstract void handleTimeout(Timeout timeout) throws Exception;

    protected abstract void handleDrain(Duration grace) throws Exception;

    /** The socket can be read. Python's {@code handle_read_event}. */
    protected void handleReadEvent() throws Exception {
        if (isAccepting()) {
            loop().callbacks.tell(LoopEvent.ACCEPT, self());
            handleAccept();
        } else {
            loop().callbacks.tell(LoopEvent.READ, self());
            handleRead();
        }
    }

    /** The socket can be written, or its connect is done. Python's {@code handle_write_event}. */
    protected void handleWriteEvent() throws Exception {
        if (isConnecting()) {
            handleConnectEvent();
            if (!isConnected() || !wantsWrite()) {
                return;
            }
        }
        loop().callbacks.tell(LoopEvent.WRITE, self());
        handleWrite();
    }

    /** The outcome of a connect is known. Python's {@code handle_connect_event}. */
    protected void handleConnectEvent() throws Exception {
        if (socketTransport("connect").finishConnect()) {
            deadlines().connectDone();
            become(ChannelState.CONNECTED);
            watchIdleAnew();
            connectedNow();
        }
    }

    final void connectedNow() throws Exception {
        loop().callbacks.tell(LoopEvent.CONNECT, self());
        handleConnect();
    }

    /** Urgent data. Python's {@code handle_expt_event}. */
    protected void handleExptEvent() throws Exception {
        loop().callbacks.tell(LoopEvent.EXPT, self());
        handleExpt();
    }

    /** One read event; a handler that leaves the input where it is would be called for ever. */
    final void readEvent() throws Exception {
        if (!reaches(Transport.READ)) {
            return;
        }
        if (state() == ChannelState.CLOSING) {
            discardInput();
            return;
        }
        beginWork();
        if (hasPendingInput()) {
            noteWork();
        }
        try {
            handleReadEvent();
        } catch (Throwable e) {
            if (!isAccepting() && !isDatagram()) {
                warnIfNoWork("handleRead() throws before it reads anything", e);
            } else if (!hasWorked()) {
                backOff();
            }
            throw e;
        }
        warnIfNoWork(isAccepting() ? "handleAccept() accepts nothing" : "handleRead() reads nothing");
    }

    /** One write event; the same holds for a handler that writes nothing. */
    final void writeEvent() throws Exception {
        if (!reaches(Transport.WRITE)) {
            return;
        }
        outputPossible();
        if (state() == ChannelState.CLOSING) {
            return; // what is queued is written when this callback is over
        }
        beginWork();
        try {
            handleWriteEvent();
        } catch (Throwable e) {
            warnIfNoWork("handleWrite() throws before it sends anything", e);
            throw e;
        }
        warnIfNoWork("handleWrite() sends nothing");
    }

    /** What the handler threw comes first, even if what it has made of logging throws as well. */
    private void warnIfNoWork(String what, Throwable thrown) {
        try {
            warnIfNoWork(what);
        } catch (RuntimeException | Error e) {
            if (e != thrown) {
                thrown.addSuppressed(e);
            }
        }
    }

    private void warnIfNoWork(String what) {
        if (workMissing() == Interest.FRUITLESS_LIMIT) {
            warnSparingly(
                    what,
                    this + ": " + what + " although the loop called it " + Interest.FRUITLESS_LIMIT
                            + " times in a row: override readable() or writable() to say when there is something to do,"
                            + " or pauseReading(); after an error that stays, end the channel in handleError()");
        }
    }

    final void tellDrain() throws Exception {
        dropNews(NEWS_DRAIN);
        loop().listeners.onEvent(LoopEvent.DRAIN, self());
        handleDrain(loop().graceLeft());
    }

    @Override
    Callbacks.Callback takeNews(int due) {
        return Step.DRAIN;
    }

    /** Runs as a callback of this channel. */
    final void timedOut(Timeout timeout) throws Exception {
        loop().callbacks.tell(LoopEvent.TIMEOUT, self());
        handleTimeout(timeout);
    }

    /** Runs as a callback of this channel: a connect that takes too long has failed. */
    final void connectTimedOut(IOException timeout) throws IOException {
        if (isConnecting()) {
            loop().callbacks.tell(LoopEvent.TIMEOUT, self());
            end(CloseReason.CONNECT_TIMEOUT);
            throw timeout;
        }
    }
}

package io.asyncore;

import io.asyncore.transport.Transport;
import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * A socket with callbacks: make a subclass, override what interests you, and the loop calls it. Python's
 * {@code asyncore.dispatcher}.
 *
 * <p>Confined to the thread that runs the loop of its map, and usable by any thread while none does; on another thread
 * its methods throw {@link IllegalStateException}: {@code map().loop().execute(...)} hands over what must run there. Only
 * {@link #interestChanged()}, {@link #map()}, {@link #id()}, {@link #address()}, {@link #closeReason()}, the {@code is…}
 * methods and {@link #toString()} are for any thread; {@link #socket()} and {@link #options()} answer there, too, without a
 * promise.
 *
 * <pre>
 *                  +--> LISTENING ------------------------------+
 *                  |                                            |
 *    NEW ----------+--> CONNECTING --> CONNECTED --+--> CLOSING --+--> CLOSED
 *      (UDP works     (a connect,        ^         |  (closeWhenDone)
 *       in NEW)        unfinished)       |         +-----------------^
 *                                        +-- given an accepted transport
 *
 *    attach -> handleConnect? -> (handleRead | handleWrite | handleExpt | handleTimeout | handleDrain ...)*
 *           -> handleEof? -> (handleError? handleClose)?
 * </pre>
 *
 * <p>{@link #handleClose()} runs at most once, for every end that this side did not ask for with {@link #close()}, after
 * the callback in progress has returned; afterwards the channel is closed whatever the handler did. What must be
 * cleaned up at any end belongs into an override of {@link #close()}.
 *
 * <p>What a callback throws goes to {@link #handleError}, whose default ends the channel.
 */
@TracksInterest
public class Dispatcher extends Events {

    /** Without a socket, for the {@linkplain ChannelMap#current() current map}. */
    public Dispatcher() {
        this(ChannelMap.current());
    }

    /** Without a socket; joins the map with its {@code createSocket}. */
    public Dispatcher(ChannelMap map) {
        super(map);
    }

    /** On a connected transport, in the {@linkplain ChannelMap#current() current map}; no {@code handleConnect}. */
    @SuppressWarnings("this-escape")
    public Dispatcher(Transport socket) {
        this(socket, ChannelMap.current());
    }

    /** On a connected transport; no {@code handleConnect}. Python's {@code dispatcher(sock, map)}. */
    @SuppressWarnings("this-escape")
    public Dispatcher(Transport socket, ChannelMap map) {
        super(map);
        setSocket(socket);
    }

    @Override
    final Dispatcher self() {
        return this;
    }

    // ---- what it waits for ----

    /**
     * Shall the channel be read (or accepted from)? Python's {@code readable}; see {@link TracksInterest}. While it is not
     * and nothing is written, the channel does not notice that its peer has gone, as with {@link #pauseReading()}.
     */
    @Override
    protected boolean readable() {
        return true;
    }

    /** Has it something to write? Asked only of classes that override {@link #handleWrite()} or queue output. */
    @Override
    protected boolean writable() {
        return true;
    }

    /** Ask {@link #readable()} and {@link #writable()} again: their answers have changed. Any thread. */
    public final void interestChanged() {
        if (loop().inLoop()) {
            changed();
        } else {
            loop().interestQueue.changedElsewhere(this);
        }
    }

    // ---- callbacks: yours ----

    /**
     * Input is there: read it. Python's {@code handle_read}. The default discards it and says so once.
     *
     * <p>Sometimes there is none, and {@code recv} returns nothing: before a channel is timed out, and before one is closed that
     * drains, it is read once more, for what nobody has found yet. An end of the input is told by {@link #handleEof()} alone.
     */
    @Override
    protected void handleRead() throws Exception {
        boolean nothing = !recv().hasRemaining() && isConnected();
        if (!nothing && !extras().discarding && !isInputEnded() && !isEnding()) {
            extras().discarding = true;
            warnSparingly("read", "unhandled read event: input is discarded; override handleRead()");
        }
    }

    /** The kernel takes output. Python's {@code handle_write}. */
    @Override
    protected void handleWrite() throws Exception {
        warnSparingly("write", "unhandled write event");
    }

    /**
     * Urgent data. NIO never calls this: there, urgent data are lost, or arrive as plain bytes if the transport's option
     * named {@code SO_OOBINLINE} is set; <em>Coming from Python</em> shows how.
     */
    @Override
    protected void handleExpt() throws Exception {
        warnSparingly("expt", "unhandled incoming priority event");
    }

    /** Connected: a connect succeeded, or a server gave this handler its connection. Python's {@code handle_connect}. */
    @Override
    protected void handleConnect() throws Exception {
        debugLog("unhandled connect event", null);
    }

    /** A connection waits. The default accepts it for {@link #handleAccepted}. Python's {@code handle_accept}. */
    @Override
    protected void handleAccept() throws Exception {
        Transport accepted = accept();
        if (accepted == null) {
            return;
        }
        SocketAddress peer = accepted.remoteAddress();
        if (peer == null) {
            accepted.close(); // gone before it was looked at
            return;
        }
        try {
            handleAccepted(accepted, peer);
        } catch (Throwable e) {
            closeUnserved(accepted, e instanceof ExitNow);
            throw e;
        }
    }

    /** Something failed: the accepted transport is closed, and the dispatcher that was perhaps made on it. */
    private void closeUnserved(Transport accepted, boolean leavingLoop) {
        for (Dispatcher channel : map().channels()) {
            if (channel.transport == accepted) {
                if (leavingLoop) {
                    return; // it is told by whoever ends the loop
                }
                channel.close();
            }
        }
        accepted.close();
    }

    /**
     * A connection was accepted: make a dispatcher on it. Python's {@code handle_accepted}; the default closes it. Who
     * makes none must close the transport: nobody else will, and the client would wait for ever. If this throws, the
     * connection is closed and the listener goes on.
     */
    protected void handleAccepted(Transport socket, SocketAddress peer) throws Exception {
        socket.close();
        warnSparingly("accepted", "unhandled accepted event: the connection was closed; override handleAccepted()");
    }

    /** The input has ended. The default ends the channel; overridden, the write side may go on. */
    protected void handleEof() throws Exception {
        end(CloseReason.PEER);
    }

    /** The channel has come to an end; see {@code closeReason()}. Python's {@code handle_close}. */
    protected void handleClose() throws Exception {
        close();
    }

    /**
     * A callback threw, or the connect failed. Python's {@code handle_error}. The default logs, and ends the channel
     * unless it listens or does datagrams; an override that does neither keeps the channel, except after a failed
     * connect. What this throws closes the channel and leaves the loop; a {@linkplain EventLoop#start started} one, as a server
     * has, logs it and goes on.
     */
    protected void handleError(Throwable error) throws Exception {
        boolean stays = isAccepting() || isDatagram();
        loop().failures.report(this, stays, error);
        if (!stays) {
            end(isConnecting() ? CloseReason.CONNECT_FAILED : CloseReason.ERROR);
        }
    }

    /** TLS is on: the handshake that {@code startTls()} began is done. pyftpdlib's {@code handle_ssl_established}. */
    @Override
    protected void handleTlsEstablished() throws Exception {
        debugLog("unhandled TLS handshake", null);
    }

    /**
     * The TLS handshake has failed: the channel ends with {@link CloseReason#TLS_FAILED}, and {@link #handleClose()} follows.
     * The default writes one line to the log, but no more than ten in ten seconds for each class of handler and of failure. pyftpdlib's
     * {@code handle_failed_ssl_handshake}.
     */
    @Override
    protected void handleTlsFailed(SSLException failure) throws Exception {
        String kind = "TLS " + failure.getClass().getName(); // so that a flood of one leaves room for the others
        warnSparingly(kind, "TLS handshake failed, closing " + this + ": " + Escaped.of(failure.getMessage()));
        debugLog("its TLS handshake failed", failure);
    }

    /**
     * A deadline passed. The default ends the channel; one that stays has the full time again. Output that still waits then
     * is cut off: a TCP peer sees a reset.
     */
    @Override
    protected void handleTimeout(Timeout timeout) throws Exception {
        if (timeout == Timeout.WRITE_STALL) {
            warnOfStall();
        }
        end(timeout.closeReason());
    }

    /**
     * The server of this channel's loop shuts down: say goodbye, finish what is under way, and close. Once, after
     * {@link #handleConnect()}; not for listeners. The default does nothing: such a channel ends by itself, or is closed
     * when the time is over. See {@link EventLoop#drain(Duration)}.
     *
     * @param grace how much time is left
     */
    @Override
    protected void handleDrain(Duration grace) throws Exception {}

    // ---- what it is ----

    /** The transport, for its addresses and options. Python's {@code socket}. */
    public final Transport socket() {
        return requireTransport();
    }

    /** The deadlines and bounds of this channel. */
    public final ChannelOptions options() {
        return options;
    }

    /** Sets them; deadlines that are under way start anew. */
    public final void setOptions(ChannelOptions chosen) {
        loop().ownership.check();
        options = chosen;
        if (isConnected()) {
            watchIdleAnew();
            if (deadlinesIfAny() != null) {
                deadlines().optionsChanged();
            }
        }
    }

    /** Class, what it does, and its address. Python's {@code __repr__}. Any thread. */
    @Override
    public String toString() {
        String doing = isAccepting() ? " listening" : isConnected() ? " connected" : isClosed() ? " closed" : "";
        String where = address() == null ? "" : " " + Escaped.of(address());
        return "<" + getClass().getName() + doing + where + ">";
    }
}

package io.asyncore;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Transport;
import io.asyncore.transport.WrappingTransport;
import io.asyncore.transport.tls.EngineSource;
import io.asyncore.transport.tls.TlsEngines;
import io.asyncore.transport.tls.TlsTransport;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a dispatcher that does TLS: turns it on in mid-conversation, and sees to it that nothing but the transport
 * hears of anything until the handshake is done. Confined to the loop's thread.
 */
abstract class Secured extends Endpoint {

    Secured(ChannelMap map) {
        super(map);
    }

    // ---- turning it on ----

    /**
     * Turns TLS on, for a handler of a server: what follows is encrypted. Uses the engines of
     * {@link ChannelOptions#tls()}, which a server with TLS options has set. pyftpdlib's {@code secure_connection}.
     *
     * <p>What was queued before goes out first, in plain text; what another thread sent and the loop has not taken over yet
     * is encrypted. Input that has arrived by now but was not handled is dropped, as is a frame that a chat has begun to
     * collect: it came in plain text, perhaps from somebody in the middle. Nothing is read, and what is sent waits, until
     * {@link Dispatcher#handleTlsEstablished()} is called. A handshake that fails, or takes longer than
     * {@link ChannelOptions#handshakeTimeout()}, ends the channel.
     *
     * @throws IllegalStateException if there are no engines; if this is not connected, is ending or does TLS already; or if
     *     a producer waits in its output
     * @throws UnsupportedOperationException if it is no stream socket
     */
    public final void startTls() {
        checkThread();
        EngineSource engines = options.tls();
        if (engines == null) {
            throw new IllegalStateException("startTls() of " + this + " needs to know how: give the server TLS options,"
                    + " or the channel ChannelOptions.withTls(...), or call startTls(SSLEngine)");
        }
        secure(plain -> new TlsTransport(plain, engines, loop()::clockNanos));
    }

    /**
     * Turns TLS on, for a client: only a certificate for this host is accepted, by the rules of HTTPS, and the server is
     * told which host is wanted. Otherwise like {@link #startTls()}.
     *
     * @param context knows whom to trust
     * @param host the name by which the server is known, or its address as the certificate has it
     * @param port the server's port: sessions with the same host and port may be taken up again
     */
    public final void startTls(SSLContext context, String host, int port) {
        startTls(TlsEngines.client(context, host, port));
    }

    /**
     * Turns TLS on with an engine of one's own, as client or server as its mode says. Otherwise like {@link #startTls()}.
     * The engine's tasks run on up to four daemon threads that all channels of the process share, made when they are needed
     * and gone ten seconds after their last work.
     *
     * @param engine fresh; whatever it has enabled but TLS 1.2 and 1.3 is disabled
     */
    public final void startTls(SSLEngine engine) {
        startTls(engine, TlsEngines.sharedTasks());
    }

    /**
     * The same.
     *
     * @param tasks runs what would keep the loop from its other channels; a task that it rejects fails the handshake
     */
    public final void startTls(SSLEngine engine, Executor tasks) {
        checkThread();
        secure(plain -> new TlsTransport(plain, engine, tasks, loop()::clockNanos));
    }

    private void secure(Function<Transport, TlsTransport> over) {
        Transport plain = requirePlainStream();
        TlsTransport tls = over.apply(plain);
        tls.sendFirst(takeQueuedOutput());
        transport = tls;
        tls.whenHolding(this::transportHolds);
        watchAnew();
        discardPendingInput();
        shakeHands(tls);
    }

    private Transport requirePlainStream() {
        Transport plain = requireTransport();
        if (plain instanceof DatagramTransport || plain instanceof FileTransport) {
            throw new UnsupportedOperationException("TLS needs a stream socket, which " + this + " is not");
        }
        if (plain.unwrap(TlsTransport.class) != null) {
            throw new IllegalStateException(this + " does TLS already");
        }
        if (state() != ChannelState.CONNECTED || isEnding() || outputEnded) {
            throw new IllegalStateException(this + " cannot start TLS: it is not connected, or has begun to end");
        }
        return plain;
    }

    /**
     * Forgets input that has arrived and was not handled: {@code startTls()} calls it, as what came in plain text is no
     * part of the conversation that begins. For a subclass that keeps input of its own.
     */
    protected void discardPendingInput() {}

    // ---- the handshake ----

    /** The transport is new to this dispatcher: perhaps its handshake is not done. */
    @Override
    final void transportTaken(Transport taken) {
        if (taken instanceof WrappingTransport wrapping) {
            wrapping.whenHolding(this::transportHolds);
        }
        TlsTransport tls = taken.unwrap(TlsTransport.class);
        if (tls != null && tls.isHandshaking()) {
            shakeHands(tls);
        }
    }

    private void shakeHands(TlsTransport tls) {
        extras().shakingHands = tls;
        tls.whenTasksAreDone(self()::interestChanged);
        closeGate(Interest.GATE_HANDSHAKE);
        deadlines().watchHandshake();
    }

    /** Whose handshake is under way. */
    private @Nullable TlsTransport shakingHands() {
        Extras extras = extrasIfAny();
        return extras == null ? null : extras.shakingHands;
    }

    /** Is a TLS handshake under way? */
    @Override
    final boolean isHandshaking() {
        return shakingHands() != null;
    }

    /** Something was found: the transport first, and then, if it says so, the dispatcher. */
    final boolean reaches(int op) throws Exception {
        TlsTransport handshake = shakingHands();
        try {
            boolean mine = requireTransport().advance(op);
            if (handshake == null) {
                return mine;
            }
        } catch (IOException e) {
            advanceFailed(handshake, op, e);
            return false;
        }
        if (handshake.isEstablished()) {
            established(handshake);
        }
        return false;
    }

    private void established(TlsTransport tls) throws Exception {
        handshakeOver();
        outputPossible();
        loop().listeners.onHandshake(self(), tls.handshakeNanos());
        if (state() == ChannelState.CONNECTED) {
            handleTlsEstablished();
        }
    }

    private void handshakeOver() {
        extras().shakingHands = null;
        deadlines().handshakeOver();
        openGate(Interest.GATE_HANDSHAKE);
    }

    private void advanceFailed(@Nullable TlsTransport handshake, int op, IOException e) throws Exception {
        if (handshake != null) {
            handshakeOver();
            handshakeFailed(e);
        } else if (op == Transport.WRITE && !isDatagram()) {
            writeFailed(e);
        } else {
            readFailed(e);
        }
    }

    private void handshakeFailed(IOException e) throws Exception {
        if (e instanceof SSLException failure && !isEnding()) {
            end(CloseReason.TLS_FAILED);
            handleTlsFailed(failure);
        } else {
            readFailed(e);
        }
    }

    /** The handshake is done: what is sent and read from now on is encrypted. */
    protected abstract void handleTlsEstablished() throws Exception;

    /** The handshake has failed, and the channel ends. */
    protected abstract void handleTlsFailed(SSLException failure) throws Exception;
}

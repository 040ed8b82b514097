package io.asyncore.transport.tls;

import io.asyncore.transport.Poller;
import io.asyncore.transport.Registration;
import io.asyncore.transport.Transport;
import io.asyncore.transport.WrappingTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A TLS session over another transport. Confined to the thread of the loop that watches it.
 *
 * <p>The handshake goes on in {@link #advance}, before the dispatcher hears of anything; until it is done nothing is read
 * and nothing is taken to be written. An {@link SSLException} from any method says that the session is of no more use; the
 * peer is told with an alert if it will listen. The end of the input is the peer's {@code close_notify}; without one it is
 * a {@link TruncatedException}. Closing and {@link #shutdownOutput()} send ours, {@link #abort()} does not.
 *
 * <p>With TLS 1.3 each side ends its output on its own. With TLS 1.2 the engine ends ours as soon as the peer has ended its:
 * writing is an {@link IOException} then. Renegotiation is refused.
 */
public final class TlsTransport extends WrappingTransport {

    private final CipherInput in = new CipherInput();
    private final CipherOutput out = new CipherOutput();
    private final Held held = new Held(in, out);
    private final Tasks tasks;
    private final Progress progress;
    private Watch watch = new Watch(this, Registration.NONE);
    private boolean endWanted;
    private boolean innerEnded;
    private boolean closed;

    /**
     * A session that an engine makes, as client or server as its mode says.
     *
     * @param inner carries the records; owned by this from now on
     * @param engine fresh; whatever it has enabled but TLS 1.2 and 1.3 is disabled
     * @param tasks does the engine's work that would hold up the loop
     * @param nanoClock the time in nanoseconds from any origin
     * @throws IllegalArgumentException if the engine has neither TLS 1.2 nor 1.3 enabled, or the inner transport does TLS
     */
    public TlsTransport(Transport inner, SSLEngine engine, Executor tasks, LongSupplier nanoClock) {
        super(requireNoTls(inner));
        long begun = nanoClock.getAsLong();
        this.tasks = new Tasks(tasks);
        Wire wire = Handshake.begin(inner, engine, in, out);
        progress = new Progress(new Handshake(inner, wire, null, in, out, this.tasks), nanoClock, begun);
    }

    /** A server's session, whose engine may depend on the host that the client asks for. */
    public TlsTransport(Transport inner, EngineSource source, LongSupplier nanoClock) {
        super(requireNoTls(inner));
        long begun = nanoClock.getAsLong();
        tasks = new Tasks(source.tasks());
        Wire wire = source.looksAtHost() ? null : Handshake.begin(inner, source.engine(null), in, out);
        progress = new Progress(new Handshake(inner, wire, source, in, out, tasks), nanoClock, begun);
    }

    private static Transport requireNoTls(Transport inner) {
        if (inner.unwrap(TlsTransport.class) != null) {
            throw new IllegalArgumentException(inner + " does TLS already");
        }
        return inner;
    }

    // ---- before it begins ----

    /** Takes bytes of the session that were received by other means, before anything is read. They are copied. */
    public void startWithReceived(ByteBuffer bytes) {
        in.startWith(bytes);
    }

    /** Sends bytes as they are before the first record. They are copied. */
    public void sendFirst(ByteBuffer plain) {
        out.add(plain);
    }

    /** Called when the handshake can go on though no poller has found anything; on any thread. */
    public void whenTasksAreDone(Runnable hook) {
        tasks.whenDone(hook);
    }

    /** The memory that records take which wait, and what the transport below keeps. */
    @Override
    public void whenHolding(HeldListener listener) {
        super.whenHolding((input, output) -> held.below(input));
        held.tell(listener, progress.session());
    }

    // ---- what is known of it ----

    /** Has the peer sent anything yet? */
    public boolean hasHeard() {
        return in.hasBegun();
    }

    /** Does the session stand? */
    public boolean isEstablished() {
        return progress.session() != null;
    }

    /** Is the handshake under way? */
    public boolean isHandshaking() {
        return progress.session() == null && !isOver();
    }

    /** Protocol, cipher suite, certificates; null until the session stands. */
    public @Nullable SSLSession session() {
        Session session = progress.session();
        return session == null ? null : session.details;
    }

    /** What ALPN has chosen, empty if nothing; null until the session stands. */
    public @Nullable String applicationProtocol() {
        Session session = progress.session();
        return session == null ? null : session.applicationProtocol;
    }

    /** How long the handshake took; 0 until the session stands. */
    public long handshakeNanos() {
        return progress.handshakeNanos();
    }

    private boolean isOver() {
        return closed || progress.hasFailed();
    }

    // ---- readiness ----

    @Override
    public Registration register(Poller poller, Object channel) throws IOException {
        watch = new Watch(this, inner().register(poller, channel));
        watch.update();
        return watch;
    }

    /** What the session needs of the poller if the dispatcher wants this. */
    int neededOps(int wanted) {
        return isOver() ? 0 : progress.neededOps(wanted, out);
    }

    @Override
    public int localReadiness() {
        return !closed && (progress.hasFailed() || progress.canGoOn()) ? READ : 0;
    }

    @Override
    public int pendingOutput() {
        return out.size();
    }

    @Override
    public boolean advance(int op) throws IOException {
        if (isOver()) {
            return true; // the next read tells
        }
        try {
            if (progress.session() == null) {
                shakeHands();
                return false;
            }
            if (op == WRITE) {
                flush();
                return watch.isWanted(WRITE);
            }
            return true;
        } finally {
            in.keep();
            changed();
        }
    }

    /** What it needs and what it holds may be different from before. */
    private void changed() {
        watch.update();
        held.update(progress.session());
    }

    private void shakeHands() throws IOException {
        try {
            Session session = progress.shakeHands();
            if (session != null && endWanted) {
                endOutput(session);
            }
        } catch (IOException e) {
            throw progress.fail(e);
        }
    }

    /** Sends what waits; when nothing does and our side has ended, so has the transport below. */
    private void flush() throws IOException {
        Session session = progress.session();
        if (out.flush(inner()) && session != null) {
            session.answer();
            if (endWanted && !innerEnded && out.isEmpty()) {
                innerEnded = true;
                inner().shutdownOutput();
            }
        }
    }

    // ---- bytes ----

    @Override
    public int read(ByteBuffer target) throws IOException {
        progress.check();
        Session session = progress.session();
        if (session == null) {
            return 0;
        }
        int before = target.position();
        try {
            return session.read(target);
        } catch (IOException e) {
            progress.fail(e);
            if (target.position() == before) {
                throw e;
            }
            return target.position() - before; // what came before it is good; the next read tells
        } finally {
            in.keep();
            changed();
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        progress.check();
        Session session = progress.session();
        if (session == null) {
            return 0;
        }
        try {
            return session.write(source);
        } catch (SSLException e) {
            throw progress.fail(e);
        } finally {
            changed();
        }
    }

    // ---- the end ----

    /** Announces the end of our output with a {@code close_notify}, during the handshake as soon as it is done. */
    @Override
    public void shutdownOutput() throws IOException {
        if (!endWanted && !progress.hasFailed()) {
            endWanted = true;
            Session session = progress.session();
            if (session != null) {
                endOutput(session);
                changed();
            }
        }
    }

    private void endOutput(Session open) throws IOException {
        open.endOutput();
        flush();
    }

    /** Says goodbye as far as that goes at once; what the transport below would not take by now is lost. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            progress.sayEnd();
            super.close();
        }
    }

    @Override
    public void abort() {
        closed = true;
        super.abort();
    }

    @Override
    public String toString() {
        return "TLS (" + progress + ") over " + inner();
    }
}

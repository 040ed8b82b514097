package io.asyncore.transport.tls;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Drives an engine until its session stands. Confined to the loop's thread. */
final class Handshake {

    private final Transport inner;
    private final @Nullable EngineSource source;
    private final CipherInput in;
    private final CipherOutput out;
    private final Tasks tasks;
    private @Nullable Wire wire;
    private boolean begun;
    private boolean engineBegun;
    private boolean mayReceive;

    /** @param source makes the engine once the client's first message is there; null if the wire has one */
    Handshake(
            Transport inner,
            @Nullable Wire wire,
            @Nullable EngineSource source,
            CipherInput in,
            CipherOutput out,
            Tasks tasks) {
        this.inner = inner;
        this.source = source;
        this.in = in;
        this.out = out;
        this.wire = wire;
        this.tasks = tasks;
    }

    /** Is there something to do that no poller would tell of? */
    boolean canGoOn() {
        return !begun || tasks.areDone();
    }

    /** What it waits for. */
    int neededOps() {
        return (out.isEmpty() ? 0 : Transport.WRITE) | (tasks.areUnderWay() ? 0 : Transport.READ);
    }

    /** The engine, if it may be asked something now. */
    @Nullable Wire usableWire() {
        return begun && !tasks.areUnderWay() ? wire : null;
    }

    /**
     * Goes on as far as that is possible now, reading once at most.
     *
     * @return the engine whose session stands, or null while there is none
     */
    @Nullable Wire goOn() throws IOException {
        begun = true;
        if (tasks.areUnderWay()) {
            out.flush(inner);
            return null;
        }
        tasks.takeDone();
        mayReceive = true;
        Wire known = wire != null ? wire : engineForHost();
        return known != null && drive(known) ? known : null;
    }

    /** The client's first message says which host it wants. */
    private @Nullable Wire engineForHost() throws IOException {
        if (source == null || !out.flush(inner)) {
            return null;
        }
        receive();
        ClientHello hello = ClientHello.in(in.bytes());
        if (!hello.isDecided()) {
            return null;
        }
        wire = begin(inner, source.engine(hello.host()), in, out);
        return wire;
    }

    static Wire begin(Transport inner, SSLEngine engine, CipherInput in, CipherOutput out) {
        TlsEngines.requireModernTls(engine);
        return new Wire(inner, engine, in, out);
    }

    /**
     * What cannot be sent yet is kept, and what the peer says is heard all the same: it may be unable to hear us before it
     * has said everything.
     */
    private boolean drive(Wire open) throws IOException {
        if (!engineBegun) {
            engineBegun = true; // at the end the engine says again that it is not shaking hands
            open.engine.beginHandshake();
        }
        out.flush(inner);
        while (true) {
            switch (open.status()) {
                case NEED_TASK -> {
                    if (!runTasks(open)) {
                        return false;
                    }
                }
                case NEED_WRAP -> open.sayAll();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!hear(open)) {
                        return false;
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    return true;
                }
            }
        }
    }

    /** False if they are under way on other threads. */
    private boolean runTasks(Wire open) throws IOException {
        in.keep(); // what the engine calls in its tasks may do TLS on this thread, too
        tasks.start(open.engine);
        if (tasks.areUnderWay()) {
            return false;
        }
        tasks.takeDone();
        return true;
    }

    /** Takes one record in; false if none is there as a whole. */
    private boolean hear(Wire open) throws IOException {
        if (!in.hasRecord()) {
            receive();
        }
        if (!in.hasRecord()) {
            return false;
        }
        in.recordLength();
        ByteBuffer early = Scratch.plain();
        SSLEngineResult result = decrypt(open, early);
        if (result.getStatus() == Status.CLOSED) {
            throw new SSLHandshakeException("the peer gave up the TLS handshake");
        }
        if (result.getStatus() != Status.OK || result.bytesProduced() > 0) {
            throw new SSLHandshakeException("the peer sent data before the TLS handshake was done");
        }
        return true;
    }

    /** An alert that the engine takes for something else, or tells in few words, is told in more. */
    private SSLEngineResult decrypt(Wire open, ByteBuffer early) throws SSLException {
        PeerAlert alert = PeerAlert.in(in.bytes());
        try {
            return open.decrypt(early);
        } catch (SSLException e) {
            throw PeerAlert.explain(e, alert);
        }
    }

    private void receive() throws IOException {
        if (mayReceive) {
            mayReceive = false;
            if (in.receive(inner, 0) < 0) {
                throw new SSLHandshakeException("the peer ended the connection before the TLS handshake was done");
            }
        }
    }
}

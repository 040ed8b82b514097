package io.asyncore.transport.tls;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** An engine, the transport that carries its records, and the records between the two. Confined to the loop's thread. */
final class Wire {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    final Transport inner;
    final SSLEngine engine;
    final CipherInput in;
    final CipherOutput out;

    Wire(Transport inner, SSLEngine engine, CipherInput in, CipherOutput out) {
        this.inner = inner;
        this.engine = engine;
        this.in = in;
        this.out = out;
    }

    HandshakeStatus status() {
        return engine.getHandshakeStatus();
    }

    /** Decrypts the record that comes next. */
    SSLEngineResult decrypt(ByteBuffer target) throws SSLException {
        try {
            return engine.unwrap(in.bytes(), target);
        } catch (RuntimeException e) {
            throw new SSLException("the TLS engine failed over what the peer sent: " + e, e);
        }
    }

    private SSLEngineResult encrypt(ByteBuffer source, ByteBuffer records) throws SSLException {
        try {
            return engine.wrap(source, records);
        } catch (RuntimeException e) {
            throw new SSLException("the TLS engine failed: " + e, e);
        }
    }

    /** Encrypts one batch and sends it; the source advances by what was taken. */
    void send(ByteBuffer source, int recordSize) throws IOException {
        ByteBuffer records = Scratch.sending();
        boolean goesOn = true;
        while (goesOn && source.hasRemaining() && records.remaining() >= recordSize) {
            goesOn = encrypt(source, records).getStatus() == Status.OK;
        }
        out.send(inner, records.flip());
    }

    /** Sends what the engine has to say by itself: handshake, key updates, alerts. False if some of it must wait. */
    boolean say() throws IOException {
        while (status() == HandshakeStatus.NEED_WRAP) {
            if (!out.flush(inner)) {
                return false;
            }
            if (!sayOne()) {
                break;
            }
        }
        return out.isEmpty();
    }

    /** The same at any rate: what the transport below does not take waits. */
    void sayAll() throws IOException {
        boolean saidSomething = true;
        while (saidSomething && status() == HandshakeStatus.NEED_WRAP) {
            saidSomething = sayOne();
        }
        if (!saidSomething) {
            throw new SSLException("the TLS engine has something to say, and does not say it");
        }
    }

    private boolean sayOne() throws IOException {
        ByteBuffer records = Scratch.sending();
        int produced = encrypt(NOTHING, records).bytesProduced();
        out.send(inner, records.flip());
        return produced > 0;
    }

    /** Announces the end of our side, and of the session if it has failed. */
    void sayEnd() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone() && status() == HandshakeStatus.NEED_WRAP && sayOne()) {
            // until it has said everything
        }
    }

    /** The same for a session that is of no more use: whether it arrives is the peer's concern. */
    void sayEndIfPossible() {
        try {
            out.flush(inner);
            sayEnd();
        } catch (IOException e) {
            // the peer will have to do without
        }
    }
}

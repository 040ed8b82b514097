package io.asyncore.transport.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A session that stands: data in, data out, and the two ends. Confined to the loop's thread. */
final class Session {

    final Wire wire;
    final SSLSession details;
    final String applicationProtocol;
    private final boolean tls12;
    private final int recordSize;

    /** Decrypted for a reader whose buffer was too small. */
    private @Nullable ByteBuffer plain;

    private boolean inputEnded;
    private boolean outputEnded;

    Session(Wire wire) {
        this.wire = wire;
        details = wire.engine.getSession();
        String chosen = wire.engine.getApplicationProtocol();
        applicationProtocol = chosen == null ? "" : chosen;
        tls12 = details.getProtocol().equals("TLSv1.2");
        recordSize = details.getPacketBufferSize();
    }

    /** Bytes of memory held between two calls. */
    int memory() {
        return plain == null ? 0 : plain.capacity();
    }

    // ---- in ----

    /** Would a read say something that the transport below need not be asked for? */
    boolean hasInput() {
        return plain != null || inputEnded || (wire.in.hasRecord() && !isAnswerHeldUp());
    }

    /** Is there any use in waiting for the transport below to be readable? */
    boolean canReceive() {
        return !inputEnded && !isAnswerHeldUp();
    }

    /** Nothing is read while the peer does not take what the session itself has to say: it might make us say more. */
    private boolean isAnswerHeldUp() {
        return !wire.out.isEmpty() && owesAnswer();
    }

    private boolean owesAnswer() {
        return !outputEnded && !inputEnded && wire.status() == HandshakeStatus.NEED_WRAP;
    }

    /** Says what the session itself has to say, such as new keys. */
    void answer() throws IOException {
        if (owesAnswer()) {
            wire.say();
        }
    }

    int read(ByteBuffer target) throws IOException {
        if (plain != null) {
            return takePlain(plain, target);
        }
        if (inputEnded) {
            return -1;
        }
        answer();
        if (isAnswerHeldUp()) {
            return 0;
        }
        if (!wire.in.hasRecord() && wire.in.receive(wire.inner, target.remaining()) < 0) {
            throw new TruncatedException("the connection ended without a close_notify");
        }
        int before = target.position();
        boolean goesOn = true;
        while (goesOn && wire.in.hasRecord()) {
            goesOn = readRecord(target, target.position() > before) && !isAnswerHeldUp();
        }
        int count = target.position() - before;
        return count == 0 && inputEnded ? -1 : count;
    }

    /** False if the next record must wait for the next read. */
    private boolean readRecord(ByteBuffer target, boolean somethingRead) throws IOException {
        int length = wire.in.recordLength();
        int type = wire.in.recordType();
        boolean fits = target.remaining() >= length;
        if (somethingRead && (!fits || (tls12 && type == Records.ALERT))) {
            return false; // an alert may end our output too: what came before it is answered first
        }
        if (tls12 && type == Records.HANDSHAKE) {
            throw new SSLHandshakeException("the peer asked for renegotiation, which is refused");
        }
        ByteBuffer into = fits ? target : Scratch.plain();
        SSLEngineResult result = wire.decrypt(into);
        if (!fits) {
            handOut(into.flip(), target);
        }
        judge(result);
        return plain == null && !inputEnded;
    }

    private void judge(SSLEngineResult result) throws IOException {
        Status status = result.getStatus();
        if (status == Status.CLOSED || wire.engine.isInboundDone()) {
            inputEnded = true;
            if (tls12) {
                endOutput();
            }
        } else if (status != Status.OK) {
            throw new SSLException("a TLS record is not what it says: " + status);
        } else if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            throw new SSLHandshakeException("the peer asked for another TLS handshake, which is refused");
        }
        answer();
    }

    /** Hands out what was kept. */
    private int takePlain(ByteBuffer kept, ByteBuffer target) {
        int count = move(kept, target);
        plain = kept.hasRemaining() ? kept : null;
        return count;
    }

    /** Hands out what was just decrypted, and keeps what is too much. */
    private void handOut(ByteBuffer decrypted, ByteBuffer target) {
        move(decrypted, target);
        if (decrypted.hasRemaining()) {
            plain = ByteBuffer.allocate(decrypted.remaining()).put(decrypted).flip();
        }
    }

    private static int move(ByteBuffer from, ByteBuffer target) {
        int count = Math.min(from.remaining(), target.remaining());
        target.put(target.position(), from, from.position(), count).position(target.position() + count);
        from.position(from.position() + count);
        return count;
    }

    // ---- out ----

    int write(ByteBuffer source) throws IOException {
        if (outputEnded) {
            throw new IOException(
                    inputEnded ? "the peer has ended the TLS session" : "the output of the TLS session has ended");
        }
        int before = source.position();
        if (wire.out.flush(wire.inner)) {
            answer();
        }
        while (wire.out.isEmpty() && source.hasRemaining()) {
            int sofar = source.position();
            wire.send(source, recordSize);
            if (source.position() == sofar) {
                throw new SSLException("the TLS engine encrypts nothing more");
            }
        }
        return source.position() - before;
    }

    /** Our side says goodbye. */
    void endOutput() throws IOException {
        if (!outputEnded) {
            outputEnded = true;
            wire.out.flush(wire.inner);
            wire.sayEnd();
        }
    }
}

package io.asyncore.behaviour;

import io.asyncore.test.SimulatedPeer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** The client's side of a TLS session, in the hands of a test: what it says is said only when the test wants it. */
final class SecretPeer {

    private static final int ROOM = 40_000;

    final SimulatedPeer peer;
    private final SSLEngine engine;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private int taken;

    SecretPeer(SimulatedPeer peer, String protocol) {
        this.peer = peer;
        engine = TlsKeys.engine(true, protocol);
    }

    /** So many bytes that it received were plain text. */
    void skip(int count) {
        taken += count;
    }

    /** What it says next, as far as that follows from what it has received. */
    byte[] next() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            while (step(said)) {
                // until it waits for something
            }
        } catch (SSLException e) {
            throw new AssertionError(e);
        }
        return said.toByteArray();
    }

    private boolean step(ByteArrayOutputStream said) throws SSLException {
        return switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                engine.getDelegatedTask().run();
                yield true;
            }
            case NEED_WRAP -> wrap(new byte[0], said);
            case NOT_HANDSHAKING, FINISHED ->
                isEstablished() ? unwrap() : wrap(new byte[0], said); // it begins with a word
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap();
        };
    }

    private boolean wrap(byte[] data, ByteArrayOutputStream said) throws SSLException {
        ByteBuffer records = ByteBuffer.allocate(ROOM);
        SSLEngineResult result = engine.wrap(ByteBuffer.wrap(data), records);
        said.write(records.array(), 0, records.position());
        return result.bytesProduced() > 0;
    }

    private boolean unwrap() throws SSLException {
        byte[] received = peer.received();
        ByteBuffer data = ByteBuffer.allocate(ROOM);
        SSLEngineResult result = engine.unwrap(ByteBuffer.wrap(received, taken, received.length - taken), data);
        taken += result.bytesConsumed();
        heard.write(data.array(), 0, data.position());
        return result.getStatus() == Status.OK && result.bytesConsumed() > 0;
    }

    /** Has it done its part of the handshake? */
    boolean isEstablished() {
        return !engine.getSession().getProtocol().equals("NONE")
                && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    /** Says what it has to say. */
    void work() {
        byte[] next = next();
        if (next.length > 0) {
            peer.send(next);
        }
    }

    /** Asks for another handshake. */
    void renegotiate() {
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            throw new AssertionError(e);
        }
    }

    /** What the other side has to complain about. */
    String alert() {
        try {
            while (unwrap()) {
                // what came before
            }
            return "nothing";
        } catch (SSLException alert) {
            return String.valueOf(alert.getMessage());
        }
    }

    /** One record with this in it. */
    byte[] record(byte[] data) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            wrap(data, said);
        } catch (SSLException e) {
            throw new AssertionError(e);
        }
        return said.toByteArray();
    }

    /** What it was told, decrypted. */
    byte[] heard() {
        next();
        return heard.toByteArray();
    }

    /** Has the other side announced its end? */
    boolean hasHeardTheEnd() {
        next();
        return engine.isInboundDone();
    }
}

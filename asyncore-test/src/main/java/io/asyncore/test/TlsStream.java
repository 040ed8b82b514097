package io.asyncore.test;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * The client's side of TLS over another stream. It has nothing in common with the TLS of the servers that it tests, except
 * the JDK's engine.
 */
final class TlsStream implements ByteStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteStream below;
    private final SSLEngine engine;

    /** Received and not yet decrypted, ready to be read. */
    private final ByteBuffer records;

    /** Decrypted and not yet read, ready to be read. */
    private ByteBuffer plain;

    private TlsStream(ByteStream below, SSLEngine engine) {
        this.below = below;
        this.engine = engine;
        records = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize())
                .limit(0);
        plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
    }

    /** Shakes hands. The server's certificate must be one that the context trusts, and be for this host. */
    static TlsStream over(ByteStream below, SSLContext context, String host, Deadline deadline) throws IOException {
        SSLEngine engine = context.createSSLEngine(host, -1);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        TlsStream stream = new TlsStream(below, engine);
        try {
            engine.beginHandshake();
            stream.goOn(true, deadline);
            return stream;
        } catch (SSLException e) {
            stream.sendAlert(deadline);
            throw e;
        }
    }

    SSLSession session() {
        return engine.getSession();
    }

    /** Does what the engine asks for, until the handshake is done or, while there is none, as long as it needs no input. */
    private void goOn(boolean handshake, Deadline deadline) throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> wrap(NOTHING, deadline);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!handshake) {
                        return;
                    }
                    if (!unwrap(deadline)) {
                        throw new EOFException("it ended the TLS session during the handshake");
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    return;
                }
            }
        }
    }

    /** The server shall hear why. If it cannot, the reason is still the one that the test is told. */
    private void sendAlert(Deadline deadline) {
        try {
            if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                wrap(NOTHING, deadline);
            }
        } catch (IOException e) {
            engine.closeOutbound();
        }
    }

    @Override
    public int read(ByteBuffer into, Deadline deadline) throws IOException {
        while (!plain.hasRemaining()) {
            if (!unwrap(deadline)) {
                return -1;
            }
            goOn(false, deadline);
        }
        int count = Math.min(plain.remaining(), into.remaining());
        into.put(plain.slice().limit(count));
        plain.position(plain.position() + count);
        return count;
    }

    @Override
    public void write(ByteBuffer from, Deadline deadline) throws IOException {
        while (from.hasRemaining()) {
            wrap(from, deadline);
        }
    }

    private void wrap(ByteBuffer from, Deadline deadline) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(from, record);
        below.write(record.flip(), deadline);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && from.hasRemaining()) {
            throw new SSLException("the TLS session has ended");
        }
    }

    /** Decrypts one record, which may hold nothing. False at the end that the server has announced. */
    private boolean unwrap(Deadline deadline) throws IOException {
        while (true) {
            plain.clear();
            SSLEngineResult result = engine.unwrap(records, plain);
            plain.flip();
            switch (result.getStatus()) {
                case OK -> {
                    return true;
                }
                case CLOSED -> {
                    return false;
                }
                case BUFFER_OVERFLOW ->
                    plain = ByteBuffer.allocate(2 * plain.capacity()).limit(0);
                case BUFFER_UNDERFLOW -> receive(deadline);
            }
        }
    }

    private void receive(Deadline deadline) throws IOException {
        records.compact();
        int count = below.read(records, deadline);
        records.flip();
        if (count < 0) {
            throw new SSLException("the connection ended without the end of the TLS session (close_notify)");
        }
    }

    @Override
    public void shutdownOutput(Deadline deadline) throws IOException {
        engine.closeOutbound();
        wrap(NOTHING, deadline);
    }

    @Override
    public void close() throws IOException {
        below.close();
    }
}

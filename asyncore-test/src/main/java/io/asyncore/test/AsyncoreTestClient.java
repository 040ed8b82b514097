package io.asyncore.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A client for tests over a real socket: it blocks, but never longer than its time-out, and what it did not expect it tells
 * by an {@link AssertionError} that shows what came instead. For one thread at a time.
 *
 * <pre>{@code
 * try (AsyncoreTestClient client = AsyncoreTestClient.connect(server.port())) {
 *     client.sendLine("hello");
 *     client.expectLine("hello");
 *     client.shutdownOutput();
 *     client.expectEnd();
 * }
 * }</pre>
 *
 * <p>Lines are UTF-8; those it sends end with CR LF, those it reads with LF, and a CR before that is dropped. What a failed
 * call has read is shown in its message, and gone.
 */
public final class AsyncoreTestClient implements AutoCloseable {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final SocketAddress server;
    private final SocketAddress address;
    private final Received received;
    private ByteStream stream;
    private @Nullable SSLSession session;
    private Duration timeout;

    private AsyncoreTestClient(SocketStream stream, SocketAddress server, Duration timeout) throws IOException {
        this.stream = stream;
        this.server = server;
        this.timeout = timeout;
        received = new Received(server);
        address = stream.localAddress();
    }

    /** Connects to a port of this machine. */
    public static AsyncoreTestClient connect(int port) {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Connects to a Unix-domain socket. */
    public static AsyncoreTestClient connect(Path path) {
        return connect(UnixDomainSocketAddress.of(path));
    }

    /**
     * Connects.
     *
     * @throws AssertionError if nobody answers within 10 s
     */
    public static AsyncoreTestClient connect(SocketAddress server) {
        return connect(server, DEFAULT_TIMEOUT);
    }

    /**
     * Connects.
     *
     * @param server an internet address or a {@link UnixDomainSocketAddress}
     * @param timeout how long this, and each later call, may wait
     * @throws AssertionError if nobody answers in time
     */
    public static AsyncoreTestClient connect(SocketAddress server, Duration timeout) {
        checkTimeout(timeout);
        try {
            return new AsyncoreTestClient(SocketStream.connect(server, Deadline.in(timeout)), server, timeout);
        } catch (IOException e) {
            throw new AssertionError(
                    "cannot connect to " + server + ": " + Explained.of(e, "nobody answered", timeout), e);
        }
    }

    /** How long each call may wait; [10 s]. */
    public AsyncoreTestClient timeout(Duration timeout) {
        this.timeout = checkTimeout(timeout);
        return this;
    }

    private static Duration checkTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time-out must be longer than zero, not " + timeout);
        }
        return timeout;
    }

    /** The server's address. */
    public SocketAddress server() {
        return server;
    }

    /** Its own address: what the handler at the other end has for {@code address()}. */
    public SocketAddress address() {
        return address;
    }

    // ---- TLS ----

    /**
     * Goes on in TLS, at once after the connect or wherever a protocol has its STARTTLS. The server's certificate must be this
     * one, or be signed by it, and be valid for {@code localhost}.
     */
    public AsyncoreTestClient startTls(X509Certificate trusted) {
        return startTls(trusted, "localhost");
    }

    /** As {@link #startTls(X509Certificate)}, with the certificate in this file, in PEM as servers have it. */
    public AsyncoreTestClient startTls(Path trusted) {
        return startTls(Trust.read(trusted));
    }

    /** As {@link #startTls(X509Certificate)}, with a certificate that must be valid for this host name or address. */
    public AsyncoreTestClient startTls(X509Certificate trusted, String host) {
        return startTls(Trust.only(trusted), host);
    }

    /**
     * Goes on in TLS with a context of your own, which trusts whom it wants and may have a certificate for the client.
     *
     * @param context decides about the server's certificate
     * @param host what the server's certificate must be valid for
     * @throws AssertionError if there is no agreement in time; the connection is closed then
     */
    public AsyncoreTestClient startTls(SSLContext context, String host) {
        if (!received.isEmpty()) {
            throw new AssertionError(server + " has sent " + Quoted.of(received.rest()) + " before TLS");
        }
        try {
            TlsStream tls = TlsStream.over(stream, context, host, Deadline.in(timeout));
            session = tls.session();
            stream = tls;
            return this;
        } catch (IOException e) {
            close();
            throw new AssertionError(
                    "cannot begin TLS with " + server + " as '" + host + "': "
                            + Explained.of(e, "the handshake was not done", timeout),
                    e);
        }
    }

    /**
     * Protocol, cipher and the server's certificates.
     *
     * @throws IllegalStateException without TLS
     */
    public SSLSession session() {
        if (session == null) {
            throw new IllegalStateException("this client has not begun TLS: call startTls first");
        }
        return session;
    }

    // ---- sending ----

    /** Sends these bytes. */
    public void send(byte... bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        try {
            stream.write(left, Deadline.in(timeout));
        } catch (IOException e) {
            throw new AssertionError(
                    "cannot send " + Quoted.of(bytes) + " to " + server + ": "
                            + Explained.of(e, "it did not take the last " + left.remaining() + " bytes", timeout),
                    e);
        }
    }

    /** Sends this text as it is. */
    public void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends this text and CR LF. */
    public void sendLine(String line) {
        send(line + "\r\n");
    }

    /** Ends the output, in TLS with its announcement; input goes on. */
    public void shutdownOutput() {
        try {
            stream.shutdownOutput(Deadline.in(timeout));
        } catch (IOException e) {
            throw new AssertionError(
                    "cannot end the output to " + server + ": " + Explained.of(e, "it did not take it", timeout), e);
        }
    }

    // ---- expecting ----

    /** Reads the next line. */
    public String readLine() {
        return readLine("a line");
    }

    private String readLine(String what) {
        return new String(received.line(what, stream, timeout), StandardCharsets.UTF_8);
    }

    /** Reads so many bytes. */
    public byte[] readBytes(int count) {
        return readBytes(count + " bytes", count);
    }

    private byte[] readBytes(String what, int count) {
        return received.bytes(what, count, stream, timeout);
    }

    /** The next line must be this. */
    public void expectLine(String expected) {
        String what = "the line " + Quoted.of(expected);
        String line = readLine(what);
        if (!line.equals(expected)) {
            throw new AssertionError("expected " + what + " from " + server + ", but got " + Quoted.of(line));
        }
    }

    /** The next bytes must be these. */
    public void expect(byte... expected) {
        byte[] bytes = readBytes(Quoted.of(expected), expected.length);
        if (!Arrays.equals(bytes, expected)) {
            throw new AssertionError(
                    "expected " + Quoted.of(expected) + " from " + server + ", but got " + Quoted.of(bytes));
        }
    }

    /** The next bytes must be this text. */
    public void expect(String expected) {
        expect(expected.getBytes(StandardCharsets.UTF_8));
    }

    /** The server must close now, in good order and without sending anything more. */
    public void expectEnd() {
        String what = "expected " + server + " to close";
        try {
            if (received.fill(stream, Deadline.in(timeout))) {
                throw new AssertionError(what + ", but got " + Quoted.of(received.rest()));
            }
        } catch (IOException e) {
            throw new AssertionError(what + ": " + Explained.of(e, "it did not", timeout), e);
        }
    }

    /** The server must cut the connection now (TCP's RST), without sending anything more. */
    public void expectReset() {
        String what = "expected " + server + " to reset the connection";
        try {
            boolean more = received.fill(stream, Deadline.in(timeout));
            throw new AssertionError(
                    more ? what + ", but got " + Quoted.of(received.rest()) : what + ", but it closed in good order");
        } catch (SocketTimeoutException | SSLException e) {
            throw new AssertionError(what + ": " + Explained.of(e, "it did not", timeout), e);
        } catch (IOException reset) {
            close();
        }
    }

    /** Closes the socket; harmless when it is closed. TLS is not ended before: call {@link #shutdownOutput()} for that. */
    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // it is of no more use either way
        }
    }

    @Override
    public String toString() {
        return "AsyncoreTestClient[" + address + " to " + server + "]";
    }
}

package io.asyncore.test;

import java.io.ByteArrayOutputStream;
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
    private static final int LONGEST_LINE = 16 * 1024 * 1024;

    private final SocketAddress server;
    private final SocketAddress address;

    /** Received and not yet asked for, ready to be read. */
    private final ByteBuffer input = ByteBuffer.allocate(16 * 1024).limit(0);

    private ByteStream stream;
    private @Nullable SSLSession session;
    private Duration timeout;

    private AsyncoreTestClient(SocketStream stream, SocketAddress server, Duration timeout) throws IOException {
        this.stream = stream;
        this.server = server;
        this.timeout = timeout;
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
            throw new AssertionError("cannot connect to " + server + ": " + explain(e, "nobody answered", timeout), e);
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
        if (input.hasRemaining()) {
            throw new AssertionError(server + " has sent " + quoted(remaining()) + " before TLS");
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
                            + explain(e, "the handshake was not done", timeout),
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
                    "cannot send " + quoted(bytes) + " to " + server + ": "
                            + explain(e, "it did not take the last " + left.remaining() + " bytes", timeout),
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
                    "cannot end the output to " + server + ": " + explain(e, "it did not take it", timeout), e);
        }
    }

    // ---- expecting ----

    /** Reads the next line. */
    public String readLine() {
        return readLine("a line");
    }

    private String readLine(String what) {
        byte[] line = readUntil(what, LONGEST_LINE, true);
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /** Reads so many bytes. */
    public byte[] readBytes(int count) {
        return readUntil(count + " bytes", count, false);
    }

    /** The next line must be this. */
    public void expectLine(String expected) {
        String what = "the line " + quoted(expected);
        String line = readLine(what);
        if (!line.equals(expected)) {
            throw new AssertionError("expected " + what + " from " + server + ", but got " + quoted(line));
        }
    }

    /** The next bytes must be these. */
    public void expect(byte... expected) {
        byte[] bytes = readUntil(quoted(expected), expected.length, false);
        if (!Arrays.equals(bytes, expected)) {
            throw new AssertionError("expected " + quoted(expected) + " from " + server + ", but got " + quoted(bytes));
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
            if (fill(Deadline.in(timeout))) {
                throw new AssertionError(what + ", but got " + quoted(remaining()));
            }
        } catch (IOException e) {
            throw new AssertionError(what + ": " + explain(e, "it did not", timeout), e);
        }
    }

    /** The server must cut the connection now (TCP's RST), without sending anything more. */
    public void expectReset() {
        String what = "expected " + server + " to reset the connection";
        try {
            boolean more = fill(Deadline.in(timeout));
            throw new AssertionError(
                    more ? what + ", but got " + quoted(remaining()) : what + ", but it closed in good order");
        } catch (SocketTimeoutException | SSLException e) {
            throw new AssertionError(what + ": " + explain(e, "it did not", timeout), e);
        } catch (IOException reset) {
            close();
        }
    }

    /** Up to so many bytes, or up to a line feed, which is taken and not returned. */
    private byte[] readUntil(String what, int most, boolean line) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Deadline deadline = Deadline.in(timeout);
        try {
            while (read.size() < most) {
                if (!fill(deadline)) {
                    throw new AssertionError("expected " + what + ", but " + server + " has closed" + after(read));
                }
                byte next = input.get();
                if (line && next == '\n') {
                    break;
                }
                read.write(next);
            }
            return read.toByteArray();
        } catch (IOException e) {
            String problem = explain(e, read.size() == 0 ? "nothing came" : "nothing more came", timeout);
            throw new AssertionError("expected " + what + " from " + server + ": " + problem + after(read), e);
        }
    }

    /** Waits until there is input. False at the end. */
    private boolean fill(Deadline deadline) throws IOException {
        if (input.hasRemaining()) {
            return true;
        }
        input.clear();
        try {
            return stream.read(input, deadline) >= 0;
        } finally {
            input.flip();
        }
    }

    private byte[] remaining() {
        byte[] bytes = new byte[input.remaining()];
        input.get(bytes);
        return bytes;
    }

    private static String explain(IOException e, String late, Duration timeout) {
        if (e instanceof SocketTimeoutException) {
            return late + " within " + timeout.toMillis() + " ms";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String after(ByteArrayOutputStream read) {
        return read.size() == 0 ? "" : " after " + quoted(read.toByteArray());
    }

    private static String quoted(String text) {
        return quoted(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(byte[] bytes) {
        return Quoted.of(bytes);
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

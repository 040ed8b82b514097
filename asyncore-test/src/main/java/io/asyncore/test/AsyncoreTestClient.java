package io.asyncore.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A client for tests over a real TCP socket: it blocks, but never longer than its time-out, and what it did not expect it
 * tells by an {@link AssertionError} that shows what came instead. For one thread at a time.
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
 * <p>Lines are UTF-8; those it sends end with CR LF, those it reads with LF, and a CR before that is dropped.
 */
public final class AsyncoreTestClient implements AutoCloseable {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final Socket socket;
    private final SocketAddress server;
    private final InputStream in;
    private Duration timeout = DEFAULT_TIMEOUT;

    private AsyncoreTestClient(Socket socket, SocketAddress server) throws IOException {
        this.socket = socket;
        this.server = server;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to a port of this machine. */
    public static AsyncoreTestClient connect(int port) {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Connects.
     *
     * @throws AssertionError if nobody answers within 10 s
     */
    public static AsyncoreTestClient connect(SocketAddress server) {
        Socket socket = new Socket();
        try {
            socket.connect(server, Math.toIntExact(DEFAULT_TIMEOUT.toMillis()));
            return new AsyncoreTestClient(socket, server);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new AssertionError("cannot connect to " + server + ": " + e.getMessage(), e);
        }
    }

    /** How long each call may wait; [10 s]. */
    public AsyncoreTestClient timeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time-out must be longer than zero, not " + timeout);
        }
        this.timeout = timeout;
        return this;
    }

    /** The server's address. */
    public SocketAddress server() {
        return server;
    }

    /** Its own address: what the handler at the other end has for {@code address()}. */
    public SocketAddress address() {
        return socket.getLocalSocketAddress();
    }

    // ---- sending ----

    /** Sends these bytes. */
    public void send(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError("cannot send " + quoted(bytes) + " to " + server + ": " + e.getMessage(), e);
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

    /** Ends the output; input goes on. */
    public void shutdownOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- expecting ----

    /** Reads the next line. */
    public String readLine() {
        byte[] line = readUntil("a line", Integer.MAX_VALUE, true);
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /** Reads so many bytes. */
    public byte[] readBytes(int count) {
        return readUntil(count + " bytes", count, false);
    }

    /** The next line must be this. */
    public void expectLine(String expected) {
        byte[] wanted = expected.getBytes(StandardCharsets.UTF_8);
        String line = readLine();
        if (!line.equals(expected)) {
            throw new AssertionError("expected the line " + quoted(wanted) + " from " + server + ", but got "
                    + quoted(line.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The next bytes must be these. */
    public void expectBytes(byte... expected) {
        byte[] bytes = readUntil(quoted(expected), expected.length, false);
        if (!Arrays.equals(bytes, expected)) {
            throw new AssertionError("expected " + quoted(expected) + " from " + server + ", but got " + quoted(bytes));
        }
    }

    /** The next bytes must be this text. */
    public void expect(String expected) {
        expectBytes(expected.getBytes(StandardCharsets.UTF_8));
    }

    /** The server must close now, in good order and without sending anything more. */
    public void expectEnd() {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            int next = readBefore(deadline);
            if (next >= 0) {
                throw new AssertionError(
                        "expected " + server + " to close, but got " + quoted(new byte[] {(byte) next}) + "...");
            }
        } catch (IOException e) {
            throw new AssertionError("expected " + server + " to close: " + explain(e), e);
        }
    }

    /** Up to so many bytes, or up to a line feed, which is taken and not returned. */
    private byte[] readUntil(String what, int most, boolean line) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (read.size() < most) {
                int next = readBefore(deadline);
                if (next < 0) {
                    throw new AssertionError("expected " + what + ", but " + server + " has closed" + after(read));
                }
                if (line && next == '\n') {
                    break;
                }
                read.write(next);
            }
            return read.toByteArray();
        } catch (IOException e) {
            throw new AssertionError("expected " + what + " from " + server + ": " + explain(e) + after(read), e);
        }
    }

    private int readBefore(long deadline) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        return in.read();
    }

    private String explain(IOException e) {
        return e instanceof SocketTimeoutException
                ? "nothing more came within " + timeout.toMillis() + " ms"
                : String.valueOf(e.getMessage());
    }

    private static String after(ByteArrayOutputStream read) {
        return read.size() == 0 ? "" : " after " + quoted(read.toByteArray());
    }

    /** As a Java string literal, cut if it is long. */
    private static String quoted(byte[] bytes) {
        return Quoted.of(bytes);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no more use either way
        }
    }

    /** Closes the socket; harmless when it is closed. */
    @Override
    public void close() {
        closeQuietly(socket);
    }

    @Override
    public String toString() {
        return "AsyncoreTestClient[" + server + "]";
    }
}

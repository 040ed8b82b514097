package io.asyncore.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A blocking client of a line protocol on the loopback address. No answer within ten seconds is an error. */
public final class LineClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;

    public LineClient(int port) throws IOException {
        this(InetAddress.getLoopbackAddress(), port);
    }

    public LineClient(InetAddress address, int port) throws IOException {
        socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    public void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The next line, or null at the end. */
    public @Nullable String read() throws IOException {
        return in.readLine();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What a server says to somebody who only connects. */
    public static @Nullable String greetingAt(int port) throws IOException {
        try (LineClient client = new LineClient(port)) {
            return client.read();
        }
    }
}

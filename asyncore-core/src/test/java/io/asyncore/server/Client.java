package io.asyncore.server;

import io.asyncore.descriptors.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A blocking client that speaks lines, with a deadline on whatever it waits for. */
final class Client implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader input;

    Client(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        waitFor(Await.PATIENCE);
        input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Waits no longer than this for a line from now on. */
    void waitFor(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
    }

    void say(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The next line, or null when the server has ended the connection, in good order or not. */
    @Nullable String hear() throws IOException {
        try {
            return input.readLine();
        } catch (SocketException reset) {
            return null;
        }
    }

    /** Says a line and hears the next. */
    @Nullable String ask(String line) throws IOException {
        say(line);
        return hear();
    }

    /** Hangs up before the end of the test. */
    void leave() throws IOException {
        socket.close();
    }

    /** Resets the connection, as a client does that has crashed. */
    void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        leave();
    }
}

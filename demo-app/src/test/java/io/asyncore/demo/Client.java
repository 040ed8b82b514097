package io.asyncore.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A blocking client of a line protocol. No answer within thirty seconds is an error. */
final class Client implements AutoCloseable {

    private final Socket socket = new Socket();
    private final BufferedReader in;

    Client(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
        socket.setSoTimeout(30_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The next line; an error at the end. */
    String read() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the server has closed the connection");
        }
        return line;
    }

    boolean isAtEnd() throws IOException {
        return in.readLine() == null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

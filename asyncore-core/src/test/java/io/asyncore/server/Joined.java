package io.asyncore.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A socket that sends some text together with the first bytes that it is given. */
final class Joined extends Socket {

    private final Socket socket;
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();

    Joined(Socket socket, String text) throws IOException {
        this.socket = socket;
        first.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream output = socket.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                first.write(bytes, from, count);
                output.write(first.toByteArray());
                first.reset();
            }
        };
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        socket.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    /** This one too: asked for an option later, by a finalizer perhaps, it would open a socket of its own. */
    @Override
    public void close() throws IOException {
        super.close();
        socket.close();
    }
}

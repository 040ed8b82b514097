package io.asyncore.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Welcomes one TLS client and hangs up on it without a word: the connection ends, the TLS session does not. */
final class TlsDoor implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Void> done;

    TlsDoor(ServerKey key) throws IOException, GeneralSecurityException {
        SSLContext context = key.context();
        done = CompletableFuture.runAsync(() -> serve(context));
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve(SSLContext context) {
        try (Socket connection = listener.accept()) {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(connection, null, false);
            tls.getOutputStream().write("welcome\n".getBytes(StandardCharsets.UTF_8));
            connection.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        done.join();
    }
}

package io.asyncore.spring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/**
 * A port of this machine on which nobody else can listen. Configurations name it as {@code ${taken.port}}: a server that gets
 * it does not start, and one that does start has got another.
 */
final class TakenPort {

    private static final ServerSocket SOCKET = open();

    private TakenPort() {}

    private static ServerSocket open() {
        try {
            ServerSocket socket = new ServerSocket(0);
            System.setProperty("taken.port", String.valueOf(socket.getLocalPort()));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int take() {
        return SOCKET.getLocalPort();
    }
}

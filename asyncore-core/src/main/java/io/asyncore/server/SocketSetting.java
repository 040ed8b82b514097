package io.asyncore.server;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketOption;

/** An option of a socket and what it is set to; a value for any thread. */
record SocketSetting<T>(SocketOption<T> option, T value) {

    /** A kind of socket that has no such option stays as it is. */
    void applyTo(Transport socket) throws IOException {
        try {
            socket.setOption(option, value);
        } catch (UnsupportedOperationException notOfThisKind) {
            // left out, as SocketOptions says
        }
    }
}

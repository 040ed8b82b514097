package io.asyncore.server;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** TCP_KEEPIDLE, which only some platforms have, in a module of the JDK that need not be there. */
final class KeepAliveIdle {

    private static final @Nullable SocketOption<Integer> OPTION = find();

    private KeepAliveIdle() {}

    @SuppressWarnings("unchecked")
    private static @Nullable SocketOption<Integer> find() {
        try {
            Class<?> extended = Class.forName("jdk.net.ExtendedSocketOptions");
            return (SocketOption<Integer>) extended.getField("TCP_KEEPIDLE").get(null);
        } catch (ReflectiveOperationException notThere) {
            return null;
        }
    }

    static void set(Transport connection, Duration idle) throws IOException {
        if (OPTION != null) {
            try {
                connection.setOption(OPTION, (int) idle.toSeconds());
            } catch (UnsupportedOperationException notOnThisPlatform) {
                // the system's own time holds
            }
        }
    }
}

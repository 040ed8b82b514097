package io.asyncore.server;

import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * TCP_KEEPIDLE, which only some platforms have, in a module of the JDK that need not be there. Named and not looked up, as JDK
 * 25 needs 10 ms for reflection.
 */
final class KeepAliveIdle {

    private static final @Nullable SocketOption<Integer> OPTION = find();

    private KeepAliveIdle() {}

    private static @Nullable SocketOption<Integer> find() {
        try {
            return ExtendedSocketOptions.TCP_KEEPIDLE;
        } catch (LinkageError notThere) {
            return null;
        }
    }

    /** Null where there is none. */
    static @Nullable SocketOption<Integer> option() {
        return OPTION;
    }
}

package io.asyncore.benchmarks.servers;

import io.netty.channel.epoll.Epoll;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a server can be made with. The first one is what the others are compared to. */
public enum Library {
    /** A bare {@code Selector} loop: as good as it gets on the JDK. */
    NIO("raw NIO"),
    ASYNCORE("asyncore"),
    NETTY_NIO("Netty NIO"),
    NETTY_EPOLL("Netty epoll"),
    REACTOR("Reactor Netty"),
    VERTX("Vert.x");

    private final String title;

    Library(String title) {
        this.title = title;
    }

    /** The one with this name, as {@link #toString()} gives it. */
    public static Library named(String name) {
        for (Library library : values()) {
            if (library.toString().equals(name)) {
                return library;
            }
        }
        String all = Arrays.stream(values()).map(Library::toString).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("no such server: " + name + "; there are " + all);
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** False where this machine does not have what it needs. */
    public boolean isAvailable() {
        return this != NETTY_EPOLL || Epoll.isAvailable();
    }

    /** A server that listens on the loopback address; port 0 is any free one. */
    public RunningServer start(Protocol protocol, int port) throws Exception {
        return switch (this) {
            case NIO -> NioServer.start(protocol, port);
            case ASYNCORE -> AsyncoreServer.start(protocol, port);
            case NETTY_NIO -> NettyServer.start(protocol, port, false);
            case NETTY_EPOLL -> NettyServer.start(protocol, port, true);
            case REACTOR -> ReactorServer.start(protocol, port);
            case VERTX -> VertxServer.start(protocol, port);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

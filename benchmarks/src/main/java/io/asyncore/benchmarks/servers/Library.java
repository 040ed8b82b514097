package io.asyncore.benchmarks.servers;

import io.netty.channel.epoll.Epoll;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a server can be made with. The first one is what the others are compared to. */
public enum Library {
    /** A bare {@code Selector} loop: as good as it gets on the JDK. */
    NIO("raw NIO"),
    ASYNCORE("asyncore"),
    /** The same, looking for input for a while before it waits. */
    ASYNCORE_BUSY("asyncore, busy poll"),
    /** The same, as the starter starts it, with metrics for all that happens. */
    ASYNCORE_SPRING("asyncore in Spring Boot"),
    NETTY_NIO("Netty NIO"),
    NETTY_EPOLL("Netty epoll"),
    REACTOR("Reactor Netty"),
    VERTX("Vert.x");

    private static final Duration BUSY = Duration.ofMillis(1);

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

    /** The ones that are compared where nobody says which: ours once. */
    public static List<Library> usual() {
        return Arrays.stream(values())
                .filter(library -> library != ASYNCORE_BUSY && library != ASYNCORE_SPRING)
                .toList();
    }

    /** False where it has nothing for a protocol that would be worth comparing. */
    public boolean speaks(Protocol protocol) {
        return protocol != Protocol.BROADCAST || (this != REACTOR && this != VERTX);
    }

    /** False where this machine does not have what it needs. */
    public boolean isAvailable() {
        return this != NETTY_EPOLL || Epoll.isAvailable();
    }

    /** A server that listens on the loopback address; port 0 is any free one. */
    public RunningServer start(Protocol protocol, int port) throws Exception {
        return switch (this) {
            case NIO -> NioServer.start(protocol, port);
            case ASYNCORE -> AsyncoreServer.start(AsyncoreServer.describe(protocol, port));
            case ASYNCORE_BUSY ->
                AsyncoreServer.start(AsyncoreServer.describe(protocol, port).busyPoll(BUSY));
            case ASYNCORE_SPRING -> SpringServer.start(protocol, port);
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

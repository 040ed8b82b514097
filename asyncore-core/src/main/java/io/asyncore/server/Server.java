package io.asyncore.server;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelOptions;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.LoopListener;
import io.asyncore.SocketType;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A TCP server: one port, one loop on a thread of its own, a new handler for each connection. All methods of this class
 * may be called from any thread.
 *
 * <pre>{@code
 * try (Server server = Server.builder().port(9001).handler(Echo::new).start()) {
 *     server.join();
 * }
 * }</pre>
 *
 * <p>As there is one loop, the handlers of a server never run at the same time: what they share needs no lock.
 */
public final class Server implements AutoCloseable {

    private final String name;
    private final EventLoop loop;
    private final Acceptor acceptor;
    private final int port;
    private final Thread thread;

    /** Binds on the calling thread, so that its caller learns of a failure, and leaves nothing behind then. */
    private Server(ServerOptions options) throws IOException {
        name = options.name();
        loop = new EventLoop(new ChannelMap());
        loop.setTimeout(options.loopTimeout());
        options.listeners().forEach(loop::addListener);
        ChannelOptions channelOptions = ChannelOptions.DEFAULTS.withIdleTimeout(options.idleTimeout());
        acceptor = new Acceptor(loop.map(), options.handler(), channelOptions, options.maxConnections());
        loop.addListener(acceptor);
        try {
            port = listen(options);
            thread = loop.start(options.threadFactory());
        } catch (IOException | RuntimeException | Error e) {
            acceptor.close();
            throw e;
        }
    }

    private int listen(ServerOptions options) throws IOException {
        InetAddress address = options.address();
        if (address instanceof Inet4Address) {
            acceptor.createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
        } else {
            createDualStackSocket();
        }
        acceptor.bind(
                address == null
                        ? new InetSocketAddress(options.port())
                        : new InetSocketAddress(address, options.port()));
        acceptor.listen(options.backlog());
        return acceptor.socket().localAddress() instanceof InetSocketAddress bound ? bound.getPort() : options.port();
    }

    /** An IPv6 socket takes IPv4 clients too; a machine without IPv6 has no such socket. */
    private void createDualStackSocket() throws IOException {
        try {
            acceptor.createSocket(StandardProtocolFamily.INET6, SocketType.STREAM);
        } catch (UnsupportedOperationException noIpv6) {
            acceptor.createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
        }
    }

    /** Begins to describe a server. */
    public static Builder builder() {
        return new Builder();
    }

    /** The name it was given, or {@code default}. */
    public String name() {
        return name;
    }

    /** The port it listens on: the real one if 0 was asked for. */
    public int port() {
        return port;
    }

    /** Its loop, for {@link EventLoop#execute}. */
    public EventLoop loop() {
        return loop;
    }

    /** All channels of its loop: the listening one, the connections, and what handlers made besides. */
    public ChannelMap map() {
        return loop.map();
    }

    /** The handlers of the open connections, oldest first. */
    public List<Dispatcher> connections() {
        return acceptor.connections();
    }

    /** True until it has been closed, or its loop was left by {@code ExitNow}. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Waits until the server has ended; not from a handler, for which the server's end waits. */
    public void join() throws InterruptedException {
        thread.join();
    }

    /**
     * Stops accepting at once and lets connections finish: handlers that queue output write what is queued and close, others
     * have the time to end by themselves; when all have ended or the time is over, the server ends as by {@link #close()}.
     * May be called more than once; the first time that is over counts.
     *
     * @param grace the time from when the loop hears of it, which a handler that does not return delays
     * @return completes when the server has ended, whatever ended it, on a thread of its own: with how many connections
     *     ended each way since this call
     */
    public CompletableFuture<DrainResult> shutdown(Duration grace) {
        return new Drain(this, acceptor, grace).begin();
    }

    /**
     * Closes everything now: each handler gets {@code handleClose()} with the reason SHUTDOWN. When this returns, no thread
     * and no descriptor is left. Only on a loop's thread, that is in a handler, timer or task of this server or of any other
     * loop, it does not wait, as this server may be waiting for that loop: it ends as soon as its current callback returns.
     */
    @Override
    public void close() {
        loop.stop();
        if (Thread.currentThread() != thread && !ChannelMap.current().loop().inLoop()) {
            joinUninterruptibly();
        }
    }

    /** Starts a thread of the same kind as the server's own. */
    void startThread(String purpose, Runnable body) {
        Thread started = new Thread(body, "asyncore-" + purpose);
        started.setDaemon(thread.isDaemon());
        started.start();
    }

    /** Waits, however often the waiting thread is interrupted meanwhile. */
    void joinUninterruptibly() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Server[" + name + ", port " + port + (isRunning() ? "]" : ", ended]");
    }

    /**
     * Describes a server; {@link #handler} is the only thing it must be told. Defaults in brackets. For one thread at a time.
     */
    public static final class Builder {

        private String name = "default";
        private int port;
        private @Nullable InetAddress address;
        private int backlog = 511;
        private @Nullable DispatcherFactory handler;
        private Duration idleTimeout = Duration.ofMinutes(5);
        private int maxConnections = 10_000;
        private Duration loopTimeout = Duration.ofSeconds(30);
        private @Nullable ThreadFactory threadFactory;
        private final List<LoopListener> listeners = new ArrayList<>();

        private Builder() {}

        /** What it is called in logs and metrics; [default]. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Where it listens; [0: any free port]. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** The local address it listens on; [all]. */
        public Builder address(@Nullable InetAddress address) {
            this.address = address;
            return this;
        }

        /** How many clients may wait in the kernel to be accepted; [511]. */
        public Builder backlog(int backlog) {
            this.backlog = backlog;
            return this;
        }

        /** Makes the handler of each connection. */
        public Builder handler(DispatcherFactory handler) {
            this.handler = handler;
            return this;
        }

        /** A connection that sends nothing for this long is closed; [5 min]. */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        /** How many connections may be open; further clients wait in the kernel; [10,000]. */
        public Builder maxConnections(int maxConnections) {
            this.maxConnections = maxConnections;
            return this;
        }

        /** The longest wait of a turn of the loop; [30 s]. */
        public Builder loopTimeout(Duration loopTimeout) {
            this.loopTimeout = loopTimeout;
            return this;
        }

        /** Watches the server's loop; may be called several times. */
        public Builder listener(LoopListener listener) {
            listeners.add(listener);
            return this;
        }

        /** Makes the loop's thread; [a platform thread named {@code asyncore-} and the server's name]. */
        public Builder threadFactory(ThreadFactory threadFactory) {
            this.threadFactory = threadFactory;
            return this;
        }

        /**
         * Binds, listens and starts the loop's thread.
         *
         * @throws IOException if the address cannot be had; nothing is left behind then
         * @throws IllegalArgumentException if an option has a value that it cannot have
         */
        public Server start() throws IOException {
            DispatcherFactory factory = handler;
            if (factory == null) {
                throw new IllegalStateException("a server needs a handler: builder().handler(YourDispatcher::new)");
            }
            ThreadFactory threads = threadFactory != null ? threadFactory : this::newThread;
            return new Server(new ServerOptions(
                    name,
                    port,
                    address,
                    backlog,
                    factory,
                    idleTimeout,
                    maxConnections,
                    loopTimeout,
                    threads,
                    listeners));
        }

        /** Not a daemon, whatever thread starts the server: the program lives as long as its server does. */
        private Thread newThread(Runnable body) {
            Thread thread = new Thread(body, "asyncore-" + name);
            thread.setDaemon(false);
            return thread;
        }
    }
}

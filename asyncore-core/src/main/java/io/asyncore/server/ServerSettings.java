package io.asyncore.server;

import io.asyncore.EventLoop;
import io.asyncore.LoopListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link Server.Builder}. Defaults in brackets. For one thread at a time. */
abstract class ServerSettings {

    private String name = "default";
    private @Nullable Integer port;
    private @Nullable InetAddress address;
    private final List<SocketAddress> furtherAddresses = new ArrayList<>();
    private @Nullable Set<PosixFilePermission> pathPermissions;
    private int backlog = 511;
    private int loops = 1;
    private Limits limits = Limits.DEFAULTS;
    private Timeouts timeouts = Timeouts.DEFAULTS;
    private WriteBuffer writeBuffer = WriteBuffer.DEFAULTS;
    private SocketOptions socket = SocketOptions.DEFAULTS;
    private @Nullable Ssl ssl;
    private ProxyProtocol proxyProtocol = ProxyProtocol.OFF;
    private Filter filter = Filter.ALL;
    private Duration loopTimeout = Duration.ofSeconds(30);
    private Duration slowCallback = Duration.ofMillis(100);
    private @Nullable Duration busyPoll;

    @Nullable DispatcherFactory handler;

    @Nullable ThreadFactory threadFactory;

    @Nullable Executor offloadExecutor;

    final List<LoopListener> listeners = new ArrayList<>();
    final List<IntFunction<? extends LoopListener>> loopListeners = new ArrayList<>();
    final List<EventLoop> steppedLoops = new ArrayList<>();

    abstract Server.Builder self();

    /** What it is called in logs and metrics; [default]. */
    public Server.Builder name(String name) {
        this.name = name;
        return self();
    }

    // ---- where it listens ----

    /** The TCP port; [0: any free one]. */
    public Server.Builder port(int port) {
        Check.require(port >= 0 && port <= 65_535, "port", port, "must be between 0 (any free one) and 65535");
        this.port = port;
        return self();
    }

    /** The local address of that port; [null: all]. */
    public Server.Builder address(@Nullable InetAddress address) {
        this.address = address;
        return self();
    }

    /**
     * A path for a Unix-domain socket. It stands for the port, unless one was set, too; a file that an earlier server has
     * left there is removed, but not one that somebody listens on.
     */
    public Server.Builder path(Path path) {
        return listenOn(UnixDomainSocketAddress.of(path));
    }

    /** Who may connect to the Unix-domain sockets; [{@code rw-rw----}]. */
    public Server.Builder pathPermissions(Set<PosixFilePermission> permissions) {
        pathPermissions = permissions;
        return self();
    }

    /** One more address to listen on, a TCP port or a Unix-domain path. */
    public Server.Builder listenOn(SocketAddress address) {
        furtherAddresses.add(address);
        return self();
    }

    /** How many clients may wait in the kernel to be accepted, at each address; [511]. */
    public Server.Builder backlog(int backlog) {
        this.backlog = backlog;
        return self();
    }

    // ---- who serves ----

    /** Makes the handler of each connection. */
    public Server.Builder handler(DispatcherFactory handler) {
        this.handler = handler;
        return self();
    }

    /**
     * How many loops, each with a thread of its own, share the connections; [1]. With one, handlers never run at the same
     * time; with more, those on different loops do, and each stays on its loop for life.
     */
    public Server.Builder loops(int loops) {
        this.loops = loops;
        return self();
    }

    /** Makes the threads of the loops; [platform threads named {@code asyncore-} and the server's name]. */
    public Server.Builder threadFactory(ThreadFactory threadFactory) {
        this.threadFactory = threadFactory;
        return self();
    }

    /**
     * Runs what handlers {@code offload}; [virtual threads where there are any, else a bounded pool, which end with the server;
     * an executor that is set here is left alone].
     */
    public Server.Builder offloadExecutor(Executor executor) {
        offloadExecutor = executor;
        return self();
    }

    /** The longest wait of a turn of a loop; [30 s]. */
    public Server.Builder loopTimeout(Duration loopTimeout) {
        this.loopTimeout = loopTimeout;
        return self();
    }

    /**
     * How long a loop looks for input again and again before its thread sleeps, which answers some microseconds earlier at
     * the price of a busy processor; [null: not at all].
     */
    public Server.Builder busyPoll(@Nullable Duration time) {
        busyPoll = time;
        return self();
    }

    /**
     * Loops that somebody else turns take the place of started ones: for tests on a simulated network and a manual clock,
     * with {@code new EventLoop(map, provider, clock)}.
     */
    public Server.Builder steppedLoop(EventLoop loop) {
        steppedLoops.add(loop);
        return self();
    }

    // ---- limits ----

    /** How much of something it allows. */
    public Server.Builder limits(Limits limits) {
        this.limits = limits;
        return self();
    }

    /** {@link Limits#connections()} alone. */
    public Server.Builder maxConnections(int connections) {
        Check.atLeast(1, "maxConnections", connections);
        return limits(limits.withConnections(connections));
    }

    /** How long something may take. */
    public Server.Builder timeouts(Timeouts timeouts) {
        this.timeouts = timeouts;
        return self();
    }

    /** {@link Timeouts#idle()} alone. */
    public Server.Builder idleTimeout(Duration idle) {
        Check.positive("idleTimeout", idle);
        return timeouts(timeouts.withIdle(idle));
    }

    /** How much output may wait for a slow peer. */
    public Server.Builder writeBuffer(WriteBuffer writeBuffer) {
        this.writeBuffer = writeBuffer;
        return self();
    }

    /** Options of the connections' sockets. */
    public Server.Builder socket(SocketOptions socket) {
        this.socket = socket;
        return self();
    }

    /** Whose connections are closed at once, before a handler is made; [nobody's]. */
    public Server.Builder filter(Filter filter) {
        this.filter = filter;
        return self();
    }

    // ---- what comes before the handler ----

    /** Speaks TLS, from the beginning or from when a handler calls {@code startTls()}; [null: no TLS]. */
    public Server.Builder ssl(@Nullable Ssl ssl) {
        this.ssl = ssl;
        return self();
    }

    /** Shall connections begin with a PROXY header? [off] */
    public Server.Builder proxyProtocol(ProxyProtocol proxyProtocol) {
        this.proxyProtocol = proxyProtocol;
        return self();
    }

    // ---- who watches ----

    /** Watches the server's loops, and the server if it is a {@link ServerListener}; may be called several times. */
    public Server.Builder listener(LoopListener listener) {
        listeners.add(listener);
        return self();
    }

    /**
     * Watches each of the server's loops with a listener of its own, such as a {@link io.asyncore.LoopCounters}, so that one
     * thread alone calls it; may be called several times.
     *
     * @param byIndex gives the listener of a loop, by its place in {@link Server#loops()}; called while the server starts
     */
    public Server.Builder loopListener(IntFunction<? extends LoopListener> byIndex) {
        loopListeners.add(byIndex);
        return self();
    }

    /** How long a callback may take before it is reported; [100 ms]. */
    public Server.Builder slowCallback(Duration threshold) {
        slowCallback = threshold;
        return self();
    }

    /** All of that, checked. */
    ServerOptions options() {
        return new ServerOptions(
                name,
                addresses(),
                pathPermissions,
                backlog,
                loops,
                limits,
                timeouts,
                writeBuffer,
                socket,
                ssl,
                proxyProtocol,
                filter,
                loopTimeout,
                slowCallback,
                busyPoll);
    }

    /** The port first, if there is one, and any free one if nothing else was said. */
    private List<SocketAddress> addresses() {
        List<SocketAddress> all = new ArrayList<>();
        if (port != null || address != null || furtherAddresses.isEmpty()) {
            InetAddress local = address == null ? Acceptors.ANY.getAddress() : address;
            all.add(new InetSocketAddress(local, port == null ? 0 : port));
        }
        all.addAll(furtherAddresses);
        return all;
    }
}

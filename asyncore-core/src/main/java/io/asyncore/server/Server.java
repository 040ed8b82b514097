package io.asyncore.server;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelSnapshot;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.LoopListener;
import io.asyncore.MemoryBudget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A server: addresses it listens on, loops with a thread each, a new handler for each connection. All methods of this class
 * may be called from any thread.
 *
 * <pre>{@code
 * try (Server server = Server.builder().port(9001).handler(Echo::new).start()) {
 *     server.join();
 * }
 * }</pre>
 *
 * <p>With one loop, as by default, the handlers of a server never run at the same time: what they share needs no lock.
 */
public final class Server implements AutoCloseable {

    /** A loop that works on one callback for so long is called stuck. */
    private static final Duration STUCK = Duration.ofSeconds(10);

    /** So long {@link #close()} waits at most for callbacks that do not return. */
    static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final ServerOptions options;
    private final LoopGroup loops;
    private final Stragglers stragglers;
    private final @Nullable SslEngines engines;
    private final Reception reception;
    private final Acceptors acceptors;
    private final List<SocketAddress> addresses;

    /** Binds on the calling thread, so that its caller learns of a failure, and leaves nothing behind then. */
    private Server(Builder builder, DispatcherFactory factory) throws IOException {
        options = builder.options();
        loops = new LoopGroup(name(), builder.eventLoops(options), !builder.steppedLoops.isEmpty());
        stragglers = new Stragglers(name(), loops);
        engines = options.ssl() == null ? null : new SslEngines(options.ssl(), endingWithUs(Workers.forTls(name())));
        reception = new Reception(
                options,
                factory,
                engines,
                loops,
                new ServerListeners(builder.listeners, loops.first().clock()));
        MemoryBudget memory = MemoryBudget.of(options.limits().memory());
        Executor offloads =
                builder.offloadExecutor != null ? builder.offloadExecutor : endingWithUs(Workers.forOffloads(name()));
        for (EventLoop loop : loops.all()) {
            prepare(loop, builder, memory, offloads);
        }
        for (IntFunction<? extends LoopListener> listeners : builder.loopListeners) {
            addToEachLoop(listeners);
        }
        acceptors = new Acceptors(loops.first(), options, reception);
        reception.openFor(acceptors);
        addresses = acceptors.addresses();
        options.warnOfWhatIsNotThere();
        if (!loops.isStepped()) {
            start(builder);
        }
    }

    private Workers endingWithUs(Workers workers) {
        loops.atTheEnd(workers);
        return workers;
    }

    // A start goes through plain loops: each lambda costs it half a millisecond, the first stream 7 ms.

    private void prepare(EventLoop loop, Builder builder, MemoryBudget memory, Executor offloads) {
        loop.setMemoryBudget(memory);
        loop.setTimeout(options.loopTimeout());
        loop.setChannelOptions(options.forClients());
        loop.setSlowCallbackThreshold(options.slowCallback());
        loop.setBusyPoll(options.busyPoll());
        loop.setOffloadExecutor(offloads);
        for (LoopListener listener : builder.listeners) {
            loop.addListener(listener);
        }
    }

    private void addToEachLoop(IntFunction<? extends LoopListener> listeners) {
        for (int i = 0; i < loops.all().size(); i++) {
            loops.get(i).addListener(listeners.apply(i));
        }
    }

    private void start(Builder builder) {
        Watchdog watchdog = new Watchdog(name(), loops.all(), options.slowCallback(), STUCK);
        try {
            loops.atTheEnd(watchdog);
            loops.start(builder.threads(options));
            watchdog.start();
        } catch (RuntimeException | Error e) {
            loops.stop();
            if (loops.awaitEnd(LONGEST_CLOSE)) {
                acceptors.close();
            }
            throw e;
        }
    }

    /** Begins to describe a server. */
    public static Builder builder() {
        return new Builder();
    }

    /** The name it was given, or {@code default}. */
    public String name() {
        return options.name();
    }

    /** The first TCP port it listens on, the real one if 0 was asked for; −1 if it has none. */
    public int port() {
        for (SocketAddress address : addresses) {
            if (address instanceof InetSocketAddress internet) {
                return internet.getPort();
            }
        }
        return -1;
    }

    /** Where it listens, in the order in which the addresses were given. */
    public List<SocketAddress> addresses() {
        return addresses;
    }

    /** Its first loop, on which it listens, for {@link EventLoop#execute(Runnable)}. */
    public EventLoop loop() {
        return loops.first();
    }

    /** All of its loops. */
    public List<EventLoop> loops() {
        return loops.all();
    }

    /** The handlers of the open connections, oldest first. */
    public List<Dispatcher> connections() {
        return reception.connections().all();
    }

    /** How many connections are open. */
    public int connectionCount() {
        return reception.connections().size();
    }

    /**
     * How many connections have no handler yet, as their PROXY header or TLS handshake is not complete; at most
     * {@link Limits#handshakes()}.
     */
    public int handshakesUnderWay() {
        return reception.handshakesUnderWay();
    }

    /**
     * How each open connection, and whatever else its loops serve, is at this moment; by age. Each loop looks at its own, some
     * in each turn; one that does not return from a callback makes all wait. See {@link EventLoop#snapshots()}, which also
     * says when it fails.
     */
    public CompletableFuture<List<ChannelSnapshot>> channels() {
        return ChannelSnapshots.ofAll(loops.all());
    }

    /** How the channel with this {@link Dispatcher#id() id} is, or empty if there is none; only its own loop is asked. */
    public CompletableFuture<Optional<ChannelSnapshot>> channel(long id) {
        return ChannelSnapshots.ofOne(loops.all(), id);
    }

    /**
     * Puts other TLS options in place for connections that come from now on, a renewed certificate say; live ones stay as
     * they are. Whether TLS begins at once or with {@code startTls()} cannot be changed.
     *
     * @throws IllegalStateException if the server has no TLS
     * @throws IllegalArgumentException naming the file, what is wrong with it, and what to do; the old options stay then
     */
    public void replaceSsl(Ssl ssl) {
        if (engines == null) {
            throw new IllegalStateException(this + " was started without TLS: only a server with TLS can change it");
        }
        engines.replace(ssl);
    }

    /** What it allows; {@link Limits#connections()} is what it really holds to. */
    public Limits limits() {
        return options.limits();
    }

    /** True until it has been closed, or one of its loops was left by {@code ExitNow}, or has failed. */
    public boolean isRunning() {
        return loops.isRunning();
    }

    /**
     * Waits until the server has ended; not from a handler, for which the server's end waits.
     *
     * @throws IllegalStateException if it has ended as one of its loops has failed, with what that failed of as its cause: a
     *     program that has nothing to do but to wait here ends with an error, too
     */
    public void join() throws InterruptedException {
        loops.join();
        Throwable failure = loops.failure();
        if (failure != null) {
            throw new IllegalStateException(this + ": a loop has failed and was ended, see the cause", failure);
        }
    }

    /**
     * Stops accepting at once and lets connections finish: each handler is told by {@code handleDrain}, and those that queue
     * output answer what they have received, write what is queued and close, while others have the time to end by
     * themselves; when all have ended or the time is over, the server ends as by {@link #close()}. May be called more than
     * once; the first time that is over counts.
     *
     * @param grace the time that connections have
     * @return completes when the server has ended, whatever ended it, with how many connections ended each way since this
     *     call; within a second after the grace even if a handler does not return. Callbacks that run on are interrupted
     *     then, and ten seconds later left behind, as by {@link #close(Duration)}
     */
    public CompletableFuture<DrainResult> shutdown(Duration grace) {
        return new Drain(loops, stragglers, reception, acceptors::close, grace).begin(this::startThread);
    }

    /** {@link #close(Duration)} with ten seconds. */
    @Override
    public void close() {
        close(LONGEST_CLOSE);
    }

    /**
     * Closes everything now: each handler gets {@code handleClose()} with the reason SHUTDOWN, and off-loop work on the
     * server's own threads is interrupted. When this returns, no thread (but one that ignores that), no descriptor and no
     * Unix-domain socket's file is left; the daemon threads of the process that do the work of TLS clients are nobody's, and go
     * ten seconds after their last work. Only on a loop's thread, that is in a handler, timer or task
     * of this server or of any other loop, it does not wait, as this server may be waiting for that loop: it ends as soon as
     * its current callback returns.
     *
     * <p>A callback that does not return cannot be ended, and is waited for no longer than the given time, give or take
     * half a second. When half of that is over, each that still runs is interrupted. At the end an ERROR names those that run
     * even so, and their threads, which are left behind with what is theirs: the connections of that loop, and the port, if
     * it is the first one. For everybody else the server has ended then.
     *
     * @param longest the time that callbacks have to return
     * @throws IllegalArgumentException unless that is longer than zero
     */
    public void close(Duration longest) {
        if (longest.isZero() || longest.isNegative()) {
            throw new IllegalArgumentException("the time to close a server must be longer than zero, not " + longest);
        }
        loops.stop();
        boolean onALoop = ChannelMap.current().loop().inLoop() || loops.contains(Thread.currentThread());
        if (loops.isStepped() && !onALoop) {
            loops.all().forEach(loop -> loop.poll(Duration.ZERO));
        } else if (!onALoop) {
            Duration half = longest.dividedBy(2);
            stragglers.await(half, half);
        }
    }

    private void startThread(String purpose, Runnable body) {
        Thread started = new Thread(body, "asyncore-" + purpose);
        started.setDaemon(loops.areDaemons());
        started.start();
    }

    @Override
    public String toString() {
        return "Server[" + name() + ", " + where() + (isRunning() ? "]" : ", ended]");
    }

    private String where() {
        return port() >= 0 ? "port " + port() : String.valueOf(addresses.get(0));
    }

    /**
     * Describes a server; {@code handler(DispatcherFactory)} is the only thing it must be told. Defaults in brackets. For
     * one thread at a time.
     */
    public static final class Builder extends ServerSettings {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Binds, listens and starts the loops' threads.
         *
         * @throws IOException if an address cannot be had; nothing is left behind then
         * @throws IllegalArgumentException if an option has a value that it cannot have
         */
        public Server start() throws IOException {
            DispatcherFactory factory = handler;
            if (factory == null) {
                throw new IllegalStateException("a server needs a handler: builder().handler(YourDispatcher::new)");
            }
            return new Server(this, factory);
        }

        private List<EventLoop> eventLoops(ServerOptions options) {
            if (!steppedLoops.isEmpty()) {
                return List.copyOf(steppedLoops);
            }
            EventLoop[] made = new EventLoop[options.loops()];
            for (int i = 0; i < made.length; i++) {
                made[i] = new EventLoop(new ChannelMap());
            }
            return List.of(made);
        }

        private ThreadFactory threads(ServerOptions options) {
            return threadFactory != null ? threadFactory : new LoopThreads(options.name(), options.loops());
        }
    }
}

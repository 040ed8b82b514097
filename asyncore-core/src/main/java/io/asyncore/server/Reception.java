package io.asyncore.server;

import io.asyncore.ChannelOptions;
import io.asyncore.ChannelOwner;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.ExitNow;
import io.asyncore.transport.Transport;
import io.asyncore.transport.tls.EngineSource;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What happens to an accepted connection until its handler has it: it is let in or turned away, given to a loop, its PROXY
 * header read and its TLS session begun, and then a handler is made. On the loop's thread, first the listener's, then the
 * connection's; counts on any.
 */
final class Reception implements ChannelOwner {

    private final ServerOptions options;
    private final DispatcherFactory factory;
    private final ChannelOptions channelOptions;
    private final @Nullable EngineSource tls;
    private final LoopGroup loops;
    private final List<SocketSetting<?>> socketSettings;
    private final Connections connections = new Connections();
    private final Admission admission;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final Fullness places;
    private final Fullness handshakePlaces;
    private final Rejections rejections;
    private final ServerListeners listeners;
    private final List<Runnable> whenIdle = new CopyOnWriteArrayList<>();
    private volatile @Nullable Acceptors acceptors;

    /** @param engines for TLS, if there is any */
    Reception(
            ServerOptions options,
            DispatcherFactory factory,
            @Nullable EngineSource engines,
            LoopGroup loops,
            ServerListeners listeners) {
        this.options = options;
        this.factory = factory;
        this.loops = loops;
        this.listeners = listeners;
        Ssl ssl = options.ssl();
        tls = ssl == null || ssl.startTls() ? null : engines;
        channelOptions = options.forConnections(engines);
        socketSettings = options.socket().forConnections();
        admission = new Admission(options.limits(), options.filter());
        rejections =
                new Rejections(options, channelOptions, listeners, loops.first().clock());
        places = new Fullness(
                RejectReason.FULL, FullnessText.ofConnections(options), admission::isFull, listeners, loops);
        handshakePlaces = new Fullness(
                RejectReason.HANDSHAKES,
                FullnessText.ofHandshakes(options),
                this::hasTooManyHandshakes,
                listeners,
                loops);
    }

    Connections connections() {
        return connections;
    }

    ServerOptions options() {
        return options;
    }

    /** What a connection gets. */
    ChannelOptions channelOptions() {
        return channelOptions;
    }

    /** Where connections begin with a TLS handshake: what makes the engines. */
    @Nullable EngineSource tlsFromTheBeginning() {
        return tls;
    }

    Admission admission() {
        return admission;
    }

    /** Shall listeners accept? Any thread. */
    boolean isOpen() {
        return options.limits().whenFull() == Limits.WhenFull.REFUSE || !(admission.isFull() || hasTooManyHandshakes());
    }

    private boolean hasTooManyHandshakes() {
        return handshakes.get() >= options.limits().handshakes();
    }

    /** Tells these, on any thread, when they did not accept and may do so again. */
    void openFor(Acceptors listening) {
        acceptors = listening;
    }

    /** Calls this, on any thread, whenever nobody is there any more. */
    void whenIdle(Runnable hook) {
        whenIdle.add(hook);
    }

    /** A connection has given its place back. */
    void left(boolean wasFull) {
        if (wasFull) {
            open();
            places.look();
        }
        if (isIdle()) {
            whenIdle.forEach(Runnable::run);
        }
    }

    private void open() {
        Acceptors listening = acceptors;
        if (listening != null) {
            listening.interestChanged();
        }
    }

    /** A connection has its handler. */
    void opened(Dispatcher handler) {
        listeners.onOpened(handler);
    }

    /** A handler has come to its end, and with it a connection of which nothing is known but that it had a place. */
    @Override
    public void closed(Dispatcher handler) {
        ended(handler);
        left(admission.givePlaceBack());
    }

    /** Its handler has come to its end. */
    void ended(Dispatcher handler) {
        connections.closed(handler);
        CloseReason reason = handler.closeReason();
        listeners.onEnded(handler, reason == null ? CloseReason.LOCAL : reason);
    }

    /** How many connections have no handler yet, as something must be read before. Any thread. */
    int handshakesUnderWay() {
        return handshakes.get();
    }

    /** Is nobody there or on the way? */
    boolean isIdle() {
        return admission.isEmpty();
    }

    // ---- on the listener's loop ----

    /** A connection was accepted. */
    void accepted(Acceptor acceptor, Transport socket, SocketAddress peer) throws Exception {
        Arrival arrival = new Arrival(this);
        if (!admission.takePlace()) {
            rejections.turnAway(socket, peer, RejectReason.FULL);
            return;
        }
        if (admission.isFull()) {
            places.look();
        }
        if (mustShakeHands() && hasTooManyHandshakes()) {
            arrival.leave();
            rejections.turnAway(socket, peer, RejectReason.HANDSHAKES);
        } else if (mayBegin(arrival, socket, peer)) {
            if (mustShakeHands()) {
                arrival.handshakeBegun();
            }
            assign(acceptor, arrival, socket, peer);
        }
    }

    private boolean mustShakeHands() {
        return options.proxyProtocol().isRequired() || tls != null;
    }

    /** Behind a proxy it is only known yet whether that one is believed. */
    private boolean mayBegin(Arrival arrival, Transport socket, SocketAddress peer) {
        if (!options.proxyProtocol().isRequired()) {
            return letIn(arrival, socket, peer);
        }
        boolean trusted = options.proxyProtocol().isTrusted(peer);
        if (!trusted) {
            arrival.leave();
            rejections.turnAway(socket, peer, RejectReason.PROXY);
        }
        return trusted;
    }

    /** False if the peer, known now, must not come in; the connection is closed then. */
    boolean letIn(Arrival arrival, Transport socket, SocketAddress peer) {
        RejectReason reason = arrival.enter(peer);
        if (reason != null) {
            arrival.leave();
            rejections.turnAway(socket, peer, reason);
        }
        return reason == null;
    }

    /** Gives the connection to the loop with the fewest. */
    private void assign(Acceptor acceptor, Arrival arrival, Transport socket, SocketAddress peer) throws Exception {
        int index = loops.choose();
        EventLoop loop = loops.get(index);
        if (loop.inLoop() || loops.isStepped()) {
            arrival.begin(loop, socket);
            return;
        }
        loops.sent(index);
        try {
            loop.execute(() -> {
                try {
                    beginElsewhere(acceptor, loop, arrival, socket);
                } finally {
                    loops.arrived(index); // its map counts it now
                }
            });
        } catch (RejectedExecutionException e) {
            loops.arrived(index);
            arrival.leave();
            socket.close();
            rejected(peer, loops.isEnding() ? RejectReason.SHUTDOWN : RejectReason.HANDLER);
            if (!loops.isEnding()) {
                throw e; // it is full
            }
        }
    }

    // ---- on the connection's loop ----

    private void beginElsewhere(Acceptor acceptor, EventLoop loop, Arrival arrival, Transport socket) {
        try {
            arrival.begin(loop, socket);
        } catch (ExitNow e) {
            throw e;
        } catch (Throwable e) {
            acceptor.failedElsewhere(e);
        }
    }

    /**
     * What the server's options say of sockets. In a loop, as the JIT inlines each of several calls: a server's first second
     * with many connects has a fifth less of such to compile.
     */
    void setOptions(Transport socket) throws IOException {
        for (int i = 0; i < socketSettings.size(); i++) {
            socketSettings.get(i).applyTo(socket);
        }
    }

    /** A handler of its own for each connection. */
    Dispatcher newHandler(Transport socket) throws Exception {
        Dispatcher handler = factory.create();
        if (handler == null) {
            throw new IllegalStateException("the handler factory returned null for " + socket.remoteAddress());
        }
        if (!connections.add(handler)) {
            throw new IllegalStateException("the handler factory returned " + handler + " for " + socket.remoteAddress()
                    + " too; it must return a new dispatcher for each connection");
        }
        return handler;
    }

    void handshakeBegun() {
        if (handshakes.incrementAndGet() >= options.limits().handshakes()) {
            handshakePlaces.look();
        }
    }

    void handshakeEnded() {
        if (handshakes.getAndDecrement() == options.limits().handshakes()) {
            open();
            handshakePlaces.look();
        }
    }

    void rejected(SocketAddress peer, RejectReason reason) {
        rejections.tell(peer, reason);
    }
}

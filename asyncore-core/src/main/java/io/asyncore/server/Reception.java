package io.asyncore.server;

import io.asyncore.ChannelOptions;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.ExitNow;
import io.asyncore.transport.Transport;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens to an accepted connection until its handler has it: it is let in or turned away, given to a loop, its PROXY
 * header read and its TLS session begun, and then a handler is made. On the loop's thread, first the listener's, then the
 * connection's; counts on any.
 */
final class Reception {

    /** So many clients at once are told a farewell; what comes beyond is closed without. */
    private static final int MOST_FAREWELLS = 256;

    private final ServerOptions options;
    private final DispatcherFactory factory;
    private final ChannelOptions channelOptions;
    private final LoopGroup loops;
    private final Connections connections = new Connections();
    private final Admission admission;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger farewells = new AtomicInteger();
    private final ServerListeners listeners;
    private final List<Runnable> whenIdle = new CopyOnWriteArrayList<>();
    private volatile Runnable whenOpen = () -> {};

    Reception(ServerOptions options, DispatcherFactory factory, LoopGroup loops, ServerListeners listeners) {
        this.options = options;
        this.factory = factory;
        this.loops = loops;
        this.listeners = listeners;
        channelOptions = options.forConnections();
        admission = new Admission(options.limits(), options.filter());
    }

    Connections connections() {
        return connections;
    }

    Admission admission() {
        return admission;
    }

    /** Shall listeners accept? Any thread. */
    boolean isOpen() {
        boolean waits = options.limits().whenFull() == Limits.WhenFull.WAIT;
        return handshakes.get() < options.limits().handshakes() && !(waits && admission.isFull());
    }

    /** Calls this, on any thread, when listeners that did not accept may do so again. */
    void whenOpen(Runnable hook) {
        whenOpen = hook;
    }

    /** Calls this, on any thread, whenever nobody is there any more. */
    void whenIdle(Runnable hook) {
        whenIdle.add(hook);
    }

    /** A connection has given its place back. */
    void left(boolean wasFull) {
        if (wasFull) {
            whenOpen.run();
        }
        if (isIdle()) {
            whenIdle.forEach(Runnable::run);
        }
    }

    /** A connection has its handler. */
    void opened(Dispatcher handler) {
        listeners.onOpened(handler);
    }

    /** Is nobody there or on the way? */
    boolean isIdle() {
        return admission.isEmpty();
    }

    // ---- on the listener's loop ----

    /** A connection was accepted. */
    void accepted(Acceptor acceptor, Transport socket, SocketAddress peer) throws Exception {
        Place place = new Place(this);
        if (!admission.takePlace()) {
            turnAway(socket, peer, RejectReason.FULL);
        } else if (options.proxyProtocol().isRequired() || letIn(place, socket, peer)) {
            assign(acceptor, place, socket);
        }
    }

    /** False if the peer, known now, must not come in; the connection is closed then. */
    boolean letIn(Place place, Transport socket, SocketAddress peer) {
        RejectReason reason = place.enter(peer);
        if (reason != null) {
            place.leave();
            turnAway(socket, peer, reason);
        }
        return reason == null;
    }

    private void turnAway(Transport socket, SocketAddress peer, RejectReason reason) {
        listeners.onRejected(peer, reason);
        String farewell =
                reason == RejectReason.FILTER ? null : options.limits().farewell();
        if (farewell != null && farewells.get() < MOST_FAREWELLS) {
            farewells.getAndIncrement();
            Refusal refusal = new Refusal(farewell.getBytes(StandardCharsets.UTF_8));
            refusal.map().loop().attach(refusal, socket, channelOptions, gone -> farewells.getAndDecrement());
        } else {
            socket.close();
        }
    }

    /** Gives the connection to the loop with the fewest. */
    private void assign(Acceptor acceptor, Place place, Transport socket) throws Exception {
        int index = loops.choose();
        EventLoop loop = loops.get(index);
        if (loop.inLoop() || loops.isStepped()) {
            loops.arrived(index);
            receive(loop, place, socket);
            return;
        }
        try {
            loop.execute(() -> {
                loops.arrived(index);
                receiveElsewhere(acceptor, loop, place, socket);
            });
        } catch (RejectedExecutionException e) {
            loops.arrived(index);
            place.leave();
            socket.close();
            throw e;
        }
    }

    // ---- on the connection's loop ----

    private void receiveElsewhere(Acceptor acceptor, EventLoop loop, Place place, Transport socket) {
        try {
            receive(loop, place, socket);
        } catch (ExitNow e) {
            throw e;
        } catch (Throwable e) {
            acceptor.failedElsewhere(e);
        }
    }

    private void receive(EventLoop loop, Place place, Transport socket) throws Exception {
        try {
            options.socket().applyTo(socket);
            serve(loop, place, socket);
        } catch (Throwable e) {
            if (!(e instanceof ExitNow && place.isAttached())) { // the end of the loop is the end of the handler, too
                place.leave();
                socket.close();
            }
            throw e;
        }
    }

    /** Makes the handler. */
    void serve(EventLoop loop, Place place, Transport socket) throws Exception {
        Dispatcher handler = factory.create();
        if (handler == null) {
            throw new IllegalStateException("the handler factory returned null for " + socket.remoteAddress());
        }
        if (!connections.add(handler)) {
            throw new IllegalStateException(
                    "the handler factory returned " + handler + " for " + socket.remoteAddress() + " too");
        }
        try {
            loop.attach(handler, socket, channelOptions, place);
        } catch (ExitNow e) {
            throw e;
        } catch (Throwable e) {
            connections.withdraw(handler);
            handler.close(); // whatever it was, it will not be used
            throw e;
        }
    }
}

package io.asyncore.server;

import io.asyncore.ChannelOwner;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.ExitNow;
import io.asyncore.transport.Transport;
import io.asyncore.transport.proxy.ProxiedTransport;
import io.asyncore.transport.proxy.ProxyHeader;
import io.asyncore.transport.tls.EngineSource;
import io.asyncore.transport.tls.TlsTransport;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from its accept until its channel is closed, wherever that is by then: it has a place among those that the
 * server allows, and goes step by step to its handler. On the thread of its loop.
 */
final class Arrival implements ChannelOwner {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A part of the way at whose beginning the transport is nobody else's. */
    private enum Step {
        /** From the accept on. */
        BEGIN,
        /** Since it is known who the client is. */
        ENTER,
        /** To the handler. */
        SERVE
    }

    private final Reception reception;
    private @Nullable SocketAddress entered;
    private boolean shakingHands;
    private boolean attached;
    private boolean left;

    Arrival(Reception reception) {
        this.reception = reception;
    }

    Reception reception() {
        return reception;
    }

    // ---- its place ----

    /** It is known now who it is; null lets him in. */
    @Nullable RejectReason enter(SocketAddress peer) {
        RejectReason reason = reception.admission().enter(peer);
        entered = reason == null && reception.admission().countsPeers() ? peer : null;
        return reason;
    }

    /** Gives the place back; harmless when that was done. */
    void leave() {
        if (left) {
            return;
        }
        left = true;
        handshakeOver();
        if (entered != null) {
            reception.admission().leave(entered);
        }
        reception.left(reception.admission().givePlaceBack());
    }

    /**
     * Something must be read before it can have a handler. Counted from the accept on, and not from when its loop gets round
     * to it: a loop that is slow must not let more of them in.
     */
    void handshakeBegun() {
        shakingHands = true;
        reception.handshakeBegun();
    }

    private void handshakeOver() {
        if (shakingHands) {
            shakingHands = false;
            reception.handshakeEnded();
        }
    }

    // ---- the way to its handler ----

    /** The first step on its loop. */
    void begin(EventLoop loop, Transport socket) throws Exception {
        take(Step.BEGIN, loop, socket, NOTHING);
    }

    /**
     * The client is who the header says.
     *
     * @param rest what arrived behind the header, read already
     */
    void identified(EventLoop loop, Transport proxy, ProxyHeader header, ByteBuffer rest) throws Exception {
        boolean plain = reception.tlsFromTheBeginning() == null;
        take(Step.ENTER, loop, new ProxiedTransport(proxy, header, plain ? rest : NOTHING), rest);
    }

    /** The session stands. */
    void secured(EventLoop loop, Transport socket) throws Exception {
        take(Step.SERVE, loop, socket, NOTHING);
    }

    /**
     * If the step fails, nobody will have the transport.
     *
     * @param received what comes next on it, read already
     */
    private void take(Step step, EventLoop loop, Transport socket, ByteBuffer received) throws Exception {
        try {
            if (step == Step.BEGIN) {
                setOut(loop, socket);
            } else if (step == Step.ENTER) {
                enterAsClient(loop, socket, received);
            } else {
                serve(loop, socket);
            }
        } catch (Throwable e) {
            if (!(e instanceof ExitNow && attached)) { // the end of the loop is the end of the handler, too
                giveUp(socket);
            }
            throw e;
        }
    }

    private void setOut(EventLoop loop, Transport socket) throws Exception {
        reception.setOptions(socket);
        if (reception.options().proxyProtocol().isRequired()) {
            new ProxyHandshake(this, reception.options()).begin(loop, socket);
        } else {
            secure(loop, socket, NOTHING);
        }
    }

    private void enterAsClient(EventLoop loop, Transport socket, ByteBuffer received) throws Exception {
        SocketAddress client = socket.remoteAddress();
        if (client == null) {
            giveUp(socket); // gone before it was looked at
        } else if (reception.letIn(this, socket, client)) {
            secure(loop, socket, received);
        }
    }

    /** @param received the beginning of the session, read already */
    private void secure(EventLoop loop, Transport socket, ByteBuffer received) throws Exception {
        EngineSource engines = reception.tlsFromTheBeginning();
        if (engines == null) {
            serve(loop, socket);
            return;
        }
        TlsTransport tls = new TlsTransport(socket, engines, loop.clock());
        tls.startWithReceived(received);
        new TlsHandshake(this, tls).begin(loop, tls);
    }

    private void serve(EventLoop loop, Transport socket) throws Exception {
        handshakeOver();
        Dispatcher handler = reception.newHandler(socket);
        try {
            loop.attach(handler, socket, reception.channelOptions(), this);
        } catch (ExitNow e) {
            throw e;
        } catch (Throwable e) {
            reception.connections().withdraw(handler);
            handler.close(); // whatever it was, it will not be used
            throw e;
        }
    }

    private void giveUp(Transport socket) {
        SocketAddress peer = socket.remoteAddress();
        socket.close();
        if (!left && peer != null) {
            reception.rejected(peer, RejectReason.HANDLER);
        }
        leave();
    }

    // ---- its handler's life ----

    /** From here on the reception sees to its place, unless it must be remembered whose it is. */
    @Override
    public ChannelOwner attached(Dispatcher handler) {
        attached = true;
        reception.opened(handler);
        if (entered != null) {
            return this;
        }
        left = true;
        return reception;
    }

    @Override
    public void closed(Dispatcher handler) {
        reception.ended(handler);
        leave();
    }
}

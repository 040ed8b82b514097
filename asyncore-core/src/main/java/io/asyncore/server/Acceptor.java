package io.asyncore.server;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.ExitNow;
import io.asyncore.LoopListener;
import io.asyncore.TracksInterest;
import io.asyncore.transport.Transport;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Listens, and gives every accepted connection to a new handler, on the loop's thread; how many connections there are and
 * were, any thread may ask. While the server is full it is not readable, so that further clients wait in the kernel's
 * queue.
 */
@TracksInterest
final class Acceptor extends Dispatcher implements LoopListener {

    private final DispatcherFactory factory;
    private final ChannelOptions channelOptions;
    private final int maxConnections;
    private final Set<Dispatcher> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong cut = new AtomicLong();

    Acceptor(ChannelMap map, DispatcherFactory factory, ChannelOptions channelOptions, int maxConnections) {
        super(map);
        this.factory = factory;
        this.channelOptions = channelOptions;
        this.maxConnections = maxConnections;
    }

    /** The open connections by age. */
    List<Dispatcher> connections() {
        return connections.stream()
                .sorted(Comparator.comparingLong(Dispatcher::id))
                .toList();
    }

    /** True while there is no connection. */
    boolean isIdle() {
        return connections.isEmpty();
    }

    /** How many connections have ended before their server did. */
    long ended() {
        return ended.get();
    }

    /** How many connections the end of the server has cut. */
    long cut() {
        return cut.get();
    }

    @Override
    protected boolean readable() {
        return connections.size() < maxConnections;
    }

    @Override
    protected void handleAccepted(Transport socket, SocketAddress peer) throws Exception {
        Dispatcher handler = factory.create();
        if (handler == null) {
            throw new IllegalStateException("the handler factory returned null for " + peer);
        }
        if (!connections.add(handler)) {
            throw new IllegalStateException("the handler factory returned " + handler + " for " + peer + " too");
        }
        try {
            map().loop().attach(handler, socket, channelOptions);
        } catch (ExitNow e) {
            throw e; // the end of the loop is the end of the handler, too
        } catch (RuntimeException e) {
            connections.remove(handler);
            handler.close(); // whatever it was, it will not be used
            throw e;
        }
    }

    @Override
    public void onClosed(Dispatcher channel, CloseReason reason) {
        if (connections.remove(channel)) {
            (reason == CloseReason.SHUTDOWN ? cut : ended).incrementAndGet();
            interestChanged();
        }
    }
}

package io.asyncore.server;

import io.asyncore.ChannelOwner;
import io.asyncore.Dispatcher;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The place of one connection among those that a server allows, from its accept until its channel is closed, wherever that
 * is by then. On one thread at a time.
 */
final class Place implements ChannelOwner {

    private final Reception reception;
    private @Nullable SocketAddress entered;
    private boolean attached;
    private boolean left;

    Place(Reception reception) {
        this.reception = reception;
    }

    /** It is known now who has it; null lets him in. */
    @Nullable RejectReason enter(SocketAddress peer) {
        RejectReason reason = reception.admission().enter(peer);
        entered = reason == null ? peer : null;
        return reason;
    }

    /** Gives it back; harmless when that was done. */
    void leave() {
        if (left) {
            return;
        }
        left = true;
        if (entered != null) {
            reception.admission().leave(entered);
        }
        reception.left(reception.admission().givePlaceBack());
    }

    /** Has a handler got the connection? */
    boolean isAttached() {
        return attached;
    }

    @Override
    public void attached(Dispatcher handler) {
        attached = true;
        reception.opened(handler);
    }

    @Override
    public void closed(Dispatcher handler) {
        reception.connections().closed(handler);
        leave();
    }
}

package io.asyncore;

import java.io.IOException;
import java.util.Set;

/**
 * The part of a queueing dispatcher that knows the groups that it is in. Confined to the loop's thread unless a member
 * says otherwise.
 */
abstract class Queueing extends Output {

    Queueing(ChannelMap map) {
        super(map);
    }

    @Override
    final void refuseDatagrams() {
        throw new UnsupportedOperationException("a queue of output would tear datagrams apart: make "
                + getClass().getName() + " a plain Dispatcher");
    }

    /** The groups it is in: theirs to change. Any thread. */
    final Set<ChannelGroup> memberships() {
        return elsewhere().memberships;
    }

    @Override
    final void leaveGroups() {
        Elsewhere known = elsewhereIfAny();
        if (known != null) {
            known.memberships.forEach(group -> group.remove((DispatcherWithSend) this));
        }
    }

    @Override
    final void outputJoined() {
        super.outputJoined();
        Elsewhere known = elsewhereIfAny();
        if (known != null) {
            known.memberships.forEach(ChannelGroup::memberMoved);
        }
    }

    @Override
    final void discardInput() throws IOException {
        refuseMore().discardInput(recv().remaining());
    }
}

package io.asyncore.test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.HashSet;
import java.util.Set;

/** Who can be reached where on a simulated network, and how calls and datagrams get there. */
final class Switchboard {

    private final SimulatedNetwork network;
    private final Addresses<Backlog> streams = new Addresses<>();
    private final Addresses<Mailbox> mailboxes = new Addresses<>();
    private final Set<SocketAddress> silent = new HashSet<>();
    private int acceptsToFail;

    Switchboard(SimulatedNetwork network) {
        this.network = network;
    }

    static boolean isUnix(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress;
    }

    Addresses<Backlog> streams() {
        return streams;
    }

    Addresses<Mailbox> mailboxes() {
        return mailboxes;
    }

    void silence(SocketAddress address) {
        silent.add(address);
    }

    void failAccepts(int count) {
        acceptsToFail = count;
    }

    void mayFailToAccept() throws IOException {
        if (acceptsToFail > 0) {
            acceptsToFail--;
            throw new IOException("Too many open files");
        }
    }

    /** A call takes its time to get through, and so does the answer; Unix-domain sockets know at once. */
    void call(SocketAddress from, SocketAddress to, Caller caller) throws ConnectException {
        if (silent.contains(to)) {
            return;
        }
        if (!isUnix(to)) {
            soon(() -> arrive(from, to, caller));
            return;
        }
        Backlog backlog = streams.at(to);
        if (backlog == null || backlog.isFull()) {
            throw new ConnectException(backlog == null ? "Connection refused" : "Resource temporarily unavailable");
        }
        backlog.call(from, caller);
    }

    private void arrive(SocketAddress from, SocketAddress to, Caller caller) {
        Backlog backlog = streams.at(to);
        if (backlog != null) {
            backlog.call(from, caller);
        } else {
            soon(() -> caller.refused(new ConnectException("Connection refused")));
        }
    }

    void post(Datagram datagram, Mailbox sender) {
        soon(() -> {
            Mailbox target = mailboxes.at(datagram.to());
            if (target != null) {
                target.deliver(datagram);
            } else {
                soon(() -> sender.unreachable(datagram.to()));
            }
        });
    }

    private void soon(Runnable event) {
        network.later(network.now(), event);
    }
}

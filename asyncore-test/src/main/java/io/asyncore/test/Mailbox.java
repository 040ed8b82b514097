package io.asyncore.test;

import java.net.SocketAddress;

/** Where datagrams arrive. */
interface Mailbox {

    void deliver(Datagram datagram);

    /** A datagram from here found nobody at its target. */
    void unreachable(SocketAddress target);
}

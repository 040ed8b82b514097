package io.asyncore.transport.proxy;

import java.net.InetAddress;

/** An address in numbers. */
interface IpWord extends Word {

    /** The address, once the word is whole; to be asked for once. */
    InetAddress address();
}

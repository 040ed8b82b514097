/**
 * UDP over real sockets: datagrams keep their bounds and their senders, an empty one is no end, and an error concerns the
 * call and not the channel.
 *
 * <p>The other end is a {@link java.net.DatagramSocket} where it can be, so that two faults of ours cannot hide each
 * other. Every test runs on IPv4 and on IPv6, if the machine has it.
 */
@NullMarked
package io.asyncore.datagram;

import org.jspecify.annotations.NullMarked;

package io.asyncore.benchmarks.load;

import io.asyncore.benchmarks.servers.Protocol;

/**
 * What is sent to a server.
 *
 * @param protocol which messages
 * @param connections how many at a time
 * @param size of a message on the wire, in bytes
 * @param depth how many messages of a connection are under way at any time
 */
public record Load(Protocol protocol, int connections, int size, int depth) {

    public Load {
        if (connections < 1 || depth < 1) {
            throw new IllegalArgumentException(
                    "a load needs a connection and a message: " + connections + ", " + depth);
        }
        if (size < protocol.smallest() || size > Protocol.MAX_FRAME) {
            throw new IllegalArgumentException("a message of " + size + " bytes is none of " + protocol);
        }
    }
}

package io.asyncore.test;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Both directions of a connection, for one thread that waits: each call ends with a result, at its deadline, or with what is
 * wrong with the connection.
 */
interface ByteStream extends Closeable {

    /** Waits for some bytes and returns how many came, or -1 at the end of the input. */
    int read(ByteBuffer into, Deadline deadline) throws IOException;

    /** Waits until all of these bytes are on their way. */
    void write(ByteBuffer from, Deadline deadline) throws IOException;

    /** Ends the output; input goes on. */
    void shutdownOutput(Deadline deadline) throws IOException;
}

package io.asyncore.test;

import java.net.ConnectException;

/** Whoever waits for a connection it asked for. */
interface Caller {

    /** False once it does not want the connection any more. */
    boolean isWaiting();

    void connected(StreamEnd end);

    void refused(ConnectException reason);
}

package io.asyncore.test;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** What went wrong with a connection, for the eye of someone whose test has failed. */
final class Explained {

    private Explained() {}

    /** @param late what has not happened, if it is that the time is over */
    static String of(IOException e, String late, Duration timeout) {
        if (e instanceof SocketTimeoutException) {
            return late + " within " + timeout.toMillis() + " ms";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

package io.asyncore;

/** What kind of socket {@link Dispatcher#createSocket(java.net.ProtocolFamily, SocketType)} opens. */
public enum SocketType {
    /** A stream of bytes: TCP or Unix-domain. Python's {@code SOCK_STREAM}. */
    STREAM,
    /** Single messages: UDP. Python's {@code SOCK_DGRAM}. */
    DATAGRAM
}

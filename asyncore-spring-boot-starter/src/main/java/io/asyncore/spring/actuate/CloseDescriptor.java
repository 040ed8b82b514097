package io.asyncore.spring.actuate;

/**
 * What the endpoint says when it was told to close a channel; over HTTP the status says it.
 *
 * @param closed false if there is no such server, or if it has no such channel
 */
public record CloseDescriptor(boolean closed) {}

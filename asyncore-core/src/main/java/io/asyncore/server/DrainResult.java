package io.asyncore.server;

/**
 * How the connections of a server ended that was shut down.
 *
 * @param drained ended by themselves within the time given
 * @param forced were still open at its end
 */
public record DrainResult(int drained, int forced) {}

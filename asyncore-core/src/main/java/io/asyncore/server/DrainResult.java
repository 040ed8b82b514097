package io.asyncore.server;

/**
 * How the connections ended that a server had when it was told to {@linkplain Server#shutdown shut down}; a value for any
 * thread.
 *
 * @param drained ended by themselves, in whichever way, before the server did
 * @param forced were cut by the end of the server ({@link io.asyncore.CloseReason#SHUTDOWN}): the time was over, or somebody
 *     closed it meanwhile
 */
public record DrainResult(int drained, int forced) {}

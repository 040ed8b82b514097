package io.asyncore;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a queueing channel has to do with other threads, and what they may have asked of it; made for a channel when the
 * first does. Any thread.
 */
final class Elsewhere {

    /** Bytes of output that were handed in and that the loop has not seen yet. */
    final AtomicLong handedOver = new AtomicLong();

    /** How the output is to end, if that was asked for. */
    final AtomicReference<@Nullable OutputEnd> end = new AtomicReference<>();

    /** The groups it is in: theirs to change. */
    final Set<ChannelGroup> memberships = ConcurrentHashMap.newKeySet(2);
}

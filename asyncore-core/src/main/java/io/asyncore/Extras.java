package io.asyncore;

import io.asyncore.transport.tls.TlsTransport;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What few channels have, or only for a time; made for a channel that needs the first of it, so that the others have one
 * reference instead. Each field belongs to one layer of the channel. Confined to the loop's thread.
 */
final class Extras {

    // Member
    long heldInput;
    int transportInput;
    int transportOutput;

    // Timed
    /** From when on it counts as idle, if that is later than the last input. */
    long idleFrom;

    @Nullable Deadlines deadlines;

    @Nullable Set<ScheduledCall> boundCalls;

    // Interest
    int eachTurnIndex;

    // Channel
    @Nullable ChannelDrain drain;

    @Nullable String lastError;

    // Transfer
    boolean cutOff;

    // Outlet
    boolean sourceFailed;

    // Endpoint
    @Nullable AcceptBackoff acceptBackoff;

    boolean caller;

    // Secured
    @Nullable TlsTransport shakingHands;

    // Scheduling
    @Nullable Offloads offloads;

    // Dispatcher
    Set<String> ignoredLogTypes = Set.of();

    boolean debugged;
    boolean discarding;

    Extras(long lastInput) {
        idleFrom = lastInput;
    }
}

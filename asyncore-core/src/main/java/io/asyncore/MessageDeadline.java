package io.asyncore;

import io.asyncore.transport.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the peer may take for a whole message. A message that begins costs a store; one that ends leaves the timer where
 * it is. Confined to the loop's thread.
 */
final class MessageDeadline {

    /**
     * So many reads more, each of which found something, before the verdict: what piled up while the process was stopped
     * may be more than one read takes, but a drip must not go on for ever.
     */
    private static final int MOST_EXTRA_READS = 64;

    private final Dispatcher channel;
    private final Deadline deadline;
    private boolean underWay;
    private long lastInput;
    private int extraReads;

    MessageDeadline(Dispatcher channel, Duration timeout) {
        this.channel = channel;
        this.deadline = Deadline.of(channel, timeout, unused -> passed());
    }

    void begin() {
        underWay = true;
        extraReads = 0;
        deadline.startOver();
    }

    void end() {
        underWay = false;
    }

    void startOver() {
        if (underWay) {
            deadline.startOver();
        }
    }

    void disarm() {
        deadline.disarm();
    }

    void inputArrived() {
        lastInput = channel.loop().turnNumber();
    }

    /** In its place, one of another length; null for none. */
    @Nullable MessageDeadline with(@Nullable Duration timeout) {
        deadline.disarm();
        if (timeout == null) {
            return null;
        }
        MessageDeadline next = new MessageDeadline(channel, timeout);
        if (underWay) {
            next.begin();
        }
        return next;
    }

    private void passed() throws Exception {
        if (!underWay || channel.isInputEnded() || channel.state() == ChannelState.CLOSING) {
            return; // nobody waits for more
        }
        if (!channel.isWatching(Transport.READ, channel.loop())) {
            deadline.arm(); // it is we who do not read
        } else if (lastInput == channel.loop().turnNumber() && extraReads++ < MOST_EXTRA_READS) {
            deadline.judgeAgain();
        } else {
            begin(); // for a handler that decides to stay
            channel.timedOut(Timeout.MESSAGE);
        }
    }
}

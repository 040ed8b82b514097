package io.asyncore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long nothing may arrive. Most channels of a server have this deadline and no other, all their lives: an object for it
 * alone saves 72 of 1,240 bytes per connection. Confined to the loop's thread.
 */
final class IdleDeadline extends Deadline {

    private IdleDeadline(Dispatcher channel) {
        super(channel);
    }

    /** Armed; null if the channel's options know of none. */
    static @Nullable IdleDeadline armed(Dispatcher channel) {
        if (channel.options().idleTimeout() == null) {
            return null;
        }
        IdleDeadline idle = new IdleDeadline(channel);
        idle.arm();
        return idle;
    }

    @Override
    long length() {
        Duration timeout = channel.options().idleTimeout();
        return timeout == null ? Long.MAX_VALUE : Nanos.of(timeout);
    }

    @Override
    public void run(Dispatcher late) throws Exception {
        if (late.state() == ChannelState.CLOSING) {
            return; // we have stopped reading: write stall and linger watch it now
        }
        arm(); // for a handler that decides to stay
        if (late.isHandshaking()) {
            return; // which has a deadline of its own, and of which the channel hears nothing
        }
        late.timedOut(Timeout.IDLE);
    }
}

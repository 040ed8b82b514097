package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An idle deadline is watched without work for each read. */
class IdleTimerTest {

    private static final class Reading extends Dispatcher {
        int reads;

        Reading(ChannelMap map) {
            super(map);
            setOptions(ChannelOptions.DEFAULTS.withIdleTimeout(Duration.ofMinutes(5)));
        }

        @Override
        protected void handleRead() throws Exception {
            recv();
            reads++;
        }
    }

    /** What is due first is still what was when the connection was made; only when it is due is it put off. */
    @Test
    void readsLeaveTheTimersAlone() {
        NullWire wire = new NullWire(new byte[] {1});
        long begin = wire.loop.clockNanos();
        Reading channel = new Reading(wire.loop.map());
        wire.attach(channel);
        long due = wire.loop.timers.untilNext(begin);
        assertThat(due).isLessThan(Long.MAX_VALUE);
        wire.loop.run(100);
        assertThat(channel.reads).isEqualTo(100);
        assertThat(wire.loop.timers.untilNext(begin)).isEqualTo(due);
        channel.close();
        assertThat(wire.loop.timers.isEmpty()).isTrue();
    }
}

package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Poller;
import io.asyncore.transport.ReadySink;
import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.TransportProvider;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A loop that looks again and again before it sleeps, and for how long; the clock is the test's. */
class BusyPollTest {

    private static final Duration BUSY = Duration.ofNanos(50);

    private final List<Long> waits = new ArrayList<>();
    private long now;
    private Runnable whilePolling = () -> {};

    /** Each look takes ten nanoseconds; a wait takes as long as it may. */
    private final Poller poller = new Poller() {
        @Override
        public void poll(long timeoutNanos, ReadySink sink) {
            waits.add(timeoutNanos);
            now += Math.max(10, timeoutNanos);
            whilePolling.run();
        }

        @Override
        public void wakeup() {}

        @Override
        public void completeCloses() {}

        @Override
        public void close() {}
    };

    private final TransportProvider provider = new TransportProvider() {
        @Override
        public StreamTransport openStream(ProtocolFamily family) throws IOException {
            throw new IOException("no sockets here");
        }

        @Override
        public DatagramTransport openDatagram(ProtocolFamily family) throws IOException {
            throw new IOException("no sockets here");
        }

        @Override
        public Poller openPoller() {
            return poller;
        }
    };

    private final EventLoop loop = new EventLoop(new ChannelMap(), provider, () -> now);

    @Test
    void byDefaultItSleepsAtOnce() {
        loop.poll(Duration.ofNanos(1000));
        assertThat(waits).containsExactly(1000L);
    }

    @Test
    void itLooksForSoLongAndSleepsThen() {
        loop.setBusyPoll(BUSY);
        loop.poll(Duration.ofNanos(1000));
        assertThat(waits).containsExactly(0L, 0L, 0L, 0L, 0L, 950L);
        loop.setBusyPoll(null);
        waits.clear();
        loop.poll(Duration.ofNanos(1000));
        assertThat(waits).containsExactly(1000L);
    }

    /** A task is seen without a wake-up, and ends the wait. */
    @Test
    void whatIsHandedInMeanwhileEndsTheWait() {
        loop.setBusyPoll(BUSY);
        whilePolling = () -> {
            if (waits.size() == 2) {
                loop.execute(() -> {});
            }
        };
        loop.poll(Duration.ofNanos(1000));
        assertThat(waits).containsExactly(0L, 0L, 0L);
    }

    @Test
    void itDoesNotDelayATimer() {
        loop.setBusyPoll(BUSY);
        List<Long> fired = new ArrayList<>();
        loop.callLater(Duration.ofNanos(30), () -> fired.add(now));
        loop.poll(Duration.ofNanos(1000));
        assertThat(fired).isNotEmpty();
        assertThat(fired.get(0)).isLessThanOrEqualTo(40);
    }

    @Test
    void zeroIsNoTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.setBusyPoll(Duration.ZERO))
                .withMessageContaining("PT0S");
    }
}

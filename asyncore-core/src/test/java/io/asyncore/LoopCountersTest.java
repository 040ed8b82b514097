package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each number has a place of its own. */
class LoopCountersTest {

    private final LoopCounters counters = new LoopCounters();
    private final Dispatcher channel = new Dispatcher(new ChannelMap());

    private List<Long> all() {
        List<Long> all = new ArrayList<>();
        for (LoopEvent event : LoopEvent.values()) {
            all.add(counters.count(event));
            all.add(counters.callbacks(event));
            all.add(counters.callbackNanos(event));
        }
        for (CloseReason reason : CloseReason.values()) {
            all.add(counters.closed(reason));
        }
        all.addAll(List.of(
                counters.slowCallbacks(),
                counters.bytesIn(),
                counters.bytesOut(),
                counters.bytesDropped(),
                counters.handshakes(),
                counters.handshakeNanos(),
                counters.turns(),
                counters.busyNanos()));
        return all;
    }

    private long sumOfAll() {
        return all().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void whatIsToldOnceIsCountedOnce() {
        counters.onBytesIn(channel, 3);
        assertThat(counters.bytesIn()).isEqualTo(3);
        counters.onBytesOut(channel, 5);
        assertThat(counters.bytesOut()).isEqualTo(5);
        counters.onDropped(channel, 7_000_000_000L);
        assertThat(counters.bytesDropped()).isEqualTo(7_000_000_000L);
        counters.onHandshake(channel, 11);
        assertThat(counters.handshakes()).isOne();
        assertThat(counters.handshakeNanos()).isEqualTo(11);
        counters.onClosed(channel, CloseReason.PEER);
        assertThat(counters.closed(CloseReason.PEER)).isOne();
        assertThat(sumOfAll()).isEqualTo(3 + 5 + 7_000_000_000L + 1 + 11 + 1);
    }

    @Test
    void aCallbackThatNobodyWasToldOf() {
        counters.onCallback(LoopEvent.READ, channel, 13);
        assertThat(counters.callbacks(LoopEvent.READ)).isOne();
        assertThat(counters.callbackNanos(LoopEvent.READ)).isEqualTo(13);
        assertThat(sumOfAll()).isEqualTo(1 + 13);
        counters.onEvent(LoopEvent.READ, channel);
        assertThat(counters.count(LoopEvent.READ)).isOne();
        assertThat(sumOfAll()).isEqualTo(1 + 13 + 1);
    }
}

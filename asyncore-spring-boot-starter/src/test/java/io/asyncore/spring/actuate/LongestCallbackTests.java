package io.asyncore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.LoopEvent;
import io.asyncore.SlowCallback;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LongestCallbackTests {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final LongestCallback longest = new LongestCallback(clock::get);

    private void report(long nanos) {
        longest.onSlowCallback(new SlowCallback(LoopEvent.READ, null, getClass(), 0, nanos, List.of()));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void theLongestIsKeptForAMinuteWheneverItWas() {
        assertThat(longest.nanos()).isZero();
        pass(Duration.ofSeconds(59));
        report(500);
        report(200);
        pass(Duration.ofSeconds(60));
        assertThat(longest.nanos()).isEqualTo(500);
        pass(Duration.ofSeconds(1));
        assertThat(longest.nanos()).as("after two minutes").isZero();
    }

    @Test
    void aShorterOneIsSeenWhenTheLongestIsForgotten() {
        report(500);
        pass(Duration.ofSeconds(90));
        report(200);
        assertThat(longest.nanos()).isEqualTo(500);
        pass(Duration.ofSeconds(60));
        assertThat(longest.nanos()).isEqualTo(200);
    }

    @Test
    void nothingIsLeftAfterALongTimeInWhichNobodyLooked() {
        report(500);
        pass(Duration.ofHours(1));
        assertThat(longest.nanos()).isZero();
        report(200);
        assertThat(longest.nanos()).isEqualTo(200);
    }
}

package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;

/** Results that arrive while their channel moves from loop to loop: each is delivered once, by the loop that has it. */
class OffloadHammerTest {

    private static final int PIECES = 500;

    @RepeatedTest(200)
    void noResultIsLostWhileTheChannelMoves() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        ChannelMap[] maps = {new ChannelMap(), new ChannelMap()};
        AtomicInteger delivered = new AtomicInteger();
        AtomicInteger misplaced = new AtomicInteger();
        Offloading channel = new Offloading(maps[0]);
        channel.createSocket();
        try {
            for (int i = 0; i < PIECES; i++) {
                channel.beginWith(workers, () -> "", result -> {
                    delivered.incrementAndGet();
                    misplaced.addAndGet(ChannelMap.current() == channel.map() ? 0 : 1);
                });
                if (i % 7 == 0) {
                    channel.addChannel(maps[i & 1]);
                }
                if (i % 11 == 0) {
                    channel.map().loop().poll(Duration.ZERO);
                }
            }
            Connection.pollUntil(channel.map(), () -> delivered.get() == PIECES);
            assertThat(channel.isOffloading()).isFalse();
            assertThat(misplaced).hasValue(0);
            assertThat(maps[0].loop().offloadsUnderWay() + maps[1].loop().offloadsUnderWay())
                    .isZero();
        } finally {
            workers.shutdown();
            channel.close();
        }
    }
}

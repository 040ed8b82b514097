package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Timers and tasks do not keep a loop; one that ends without them says so. */
class LeftBehindTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(EventLoop.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ChannelMap map = new ChannelMap();

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private void loop() {
        Asyncore.loop(Duration.ofMillis(1), false, map, null);
    }

    private void isTold(String what) {
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getFormattedMessage()).contains(what, "channel");
        });
    }

    /** Everyone reconnects like this once. */
    @Test
    void timers() throws Exception {
        Dispatcher channel = new Dispatcher(map);
        channel.createSocket();
        channel.callLater(Duration.ofMillis(1), () -> {
            map.loop().callLater(Duration.ofHours(1), () -> {});
            map.loop().callEvery(Duration.ofHours(1), () -> {});
            channel.close();
        });
        loop();
        isTold("timers 2, tasks 0");
    }

    @Test
    void tasks() {
        boolean[] run = new boolean[1];
        map.loop().execute(() -> run[0] = true);
        loop();
        assertThat(run[0]).isFalse();
        isTold("timers 0, tasks 1");
    }

    @Test
    void nothing() throws Exception {
        Dispatcher channel = new Dispatcher(map);
        channel.createSocket();
        channel.callLater(Duration.ofMillis(1), channel::close);
        channel.callLater(Duration.ofHours(1), () -> {});
        loop();
        assertThat(log.list).isEmpty();
    }

    /** It was not for want of channels that it ended. */
    @Test
    void stopped() throws Exception {
        map.loop().callLater(Duration.ofHours(1), () -> {});
        Dispatcher channel = new Dispatcher(map);
        channel.createSocket();
        channel.callLater(Duration.ofMillis(1), map.loop()::stop);
        loop();
        assertThat(log.list).isEmpty();
        channel.close();
    }

    /** Who polls an empty map in a loop of his own is not told each time. */
    @Test
    void sparingly() {
        map.loop().callLater(Duration.ofHours(1), () -> {});
        for (int i = 0; i < 1000; i++) {
            loop();
        }
        assertThat(log.list.size()).isBetween(1, 20);
    }
}

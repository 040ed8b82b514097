package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.asyncore.cpython.CapturedLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A started loop that fails itself, and not one of its callbacks. */
@Timeout(60)
class StartedLoopTest {

    private static final String LAST_WORDS = "the loop has failed and is gone";

    private final EventLoop loop = new EventLoop(new ChannelMap());
    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final List<CloseReason> closed = new CopyOnWriteArrayList<>();

    /** Has a channel, and tells of its end. */
    private void runBroken() throws Exception {
        Dispatcher listener = new Dispatcher(loop.map()) {
            @Override
            protected void handleClose() {
                closed.add(closeReason());
            }
        };
        listener.createSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.listen(1);
        Thread thread = loop.start(body -> {
            Thread made = new Thread(body);
            made.setUncaughtExceptionHandler((dead, error) -> uncaught.add(error));
            return made;
        });
        BrokenPoller.of(loop);
        thread.join();
    }

    @Test
    void isLoggedAndLeavesTheThread() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            runBroken();
            assertThat(log.lines()).containsExactly("ERROR " + LAST_WORDS);
        }
        assertThat(uncaught)
                .hasOnlyElementsOfType(ClosedSelectorException.class)
                .hasSize(1);
        assertThat(closed).containsExactly(CloseReason.SHUTDOWN);
        assertThat(loop.isStarted()).isFalse();
    }

    /** Then its channels let go of what they hold, and it is logged again. */
    @Test
    void isLoggedAlsoWhereThatNeedsTheMemoryOfItsChannels() throws Exception {
        List<Integer> channels = new CopyOnWriteArrayList<>();
        AppenderBase<ILoggingEvent> full = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getMessage().equals(LAST_WORDS)) {
                    channels.add(loop.map().size());
                    if (!loop.map().isEmpty()) {
                        throw new OutOfMemoryError("expected by the test");
                    }
                }
            }
        };
        Logger logger = (Logger) LoggerFactory.getLogger(EventLoop.class);
        full.start();
        try (CapturedLog quiet = new CapturedLog()) {
            logger.addAppender(full);
            runBroken();
            assertThat(quiet.lines()).containsExactly("ERROR " + LAST_WORDS);
        } finally {
            logger.detachAppender(full);
        }
        assertThat(channels).containsExactly(1, 0);
        assertThat(closed).containsExactly(CloseReason.SHUTDOWN);
        assertThat(uncaught)
                .hasOnlyElementsOfType(ClosedSelectorException.class)
                .hasSize(1);
    }
}

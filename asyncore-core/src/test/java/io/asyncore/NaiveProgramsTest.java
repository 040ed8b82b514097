package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Programs that burn a processor in Python, or that should be told that they do. */
class NaiveProgramsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.asyncore");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LoopCounters counters = new LoopCounters();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    private List<String> warnings() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    static class LeavesItsInput extends Dispatcher {
        int reads;

        LeavesItsInput(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleRead() {
            reads++;
        }
    }

    static class SendsNothing extends Dispatcher {
        int writes;

        SendsNothing(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleWrite() {
            writes++;
        }
    }

    @Test
    void whoOverridesNothingDoesNotSpin() throws Exception {
        try (Connection<Dispatcher> connection = new Connection<>(new ChannelMap(), Dispatcher::new)) {
            connection.map.loop().addListener(counters);
            Asyncore.loop(Duration.ofMillis(100), false, connection.map, 3);
            assertThat(counters.count(LoopEvent.WRITE)).isZero();
            assertThat(counters.count(LoopEvent.READ)).isZero();
        }
    }

    @Test
    void whoOverridesNothingDiscardsInputSaysSoOnceAndEndsWithItsPeer() throws Exception {
        try (Connection<Dispatcher> connection = new Connection<>(new ChannelMap(), Dispatcher::new)) {
            connection.map.loop().addListener(counters);
            for (int i = 0; i < 5; i++) {
                long before = counters.bytesIn();
                connection.peer.getOutputStream().write(new byte[1000]);
                connection.pollUntil(() -> counters.bytesIn() > before);
            }
            connection.peer.close();
            connection.pollUntil(connection.channel::isClosed);
            assertThat(connection.channel.closeReason()).isEqualTo(CloseReason.PEER);
            assertThat(warnings())
                    .filteredOn(line -> line.contains("handleRead()"))
                    .hasSize(1);
        }
    }

    @Test
    void whoLeavesItsInputIsNamedInOneWarning() throws Exception {
        try (Connection<LeavesItsInput> connection = new Connection<>(new ChannelMap(), LeavesItsInput::new)) {
            connection.peer.getOutputStream().write(1);
            connection.pollUntil(() -> connection.channel.reads > 3 * Interest.FRUITLESS_LIMIT);
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .contains("LeavesItsInput", "handleRead() reads nothing", "readable()");
        }
    }

    @Test
    void whoSendsNothingIsNamedInOneWarning() throws Exception {
        try (Connection<SendsNothing> connection = new Connection<>(new ChannelMap(), SendsNothing::new)) {
            connection.pollUntil(() -> connection.channel.writes > 3 * Interest.FRUITLESS_LIMIT);
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .contains("SendsNothing", "handleWrite() sends nothing", "writable()");
        }
    }

    /** An error that does not end the channel leaves what caused it where it is. */
    static class Fails extends Dispatcher {
        int errors;

        Fails(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleRead() throws Exception {
            throw new IllegalStateException("expected by the test");
        }

        @Override
        protected void handleError(Throwable error) {
            errors++;
        }
    }

    static final class FailsToWrite extends Fails {
        FailsToWrite(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleWrite() throws Exception {
            throw new IllegalStateException("expected by the test");
        }
    }

    @Test
    void whoThrowsBeforeItReadsIsNamedInOneWarning() throws Exception {
        try (Connection<Fails> connection = new Connection<>(new ChannelMap(), Fails::new)) {
            connection.peer.getOutputStream().write(1);
            connection.pollUntil(() -> connection.channel.errors > 3 * Interest.FRUITLESS_LIMIT);
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .contains("$Fails", "handleRead() throws before it reads", "readable()", "handleError()");
        }
    }

    static final class FailsToLog extends Fails {
        Throwable withLog = new AssertionError("the warning never failed");

        FailsToLog(ChannelMap map) {
            super(map);
        }

        @Override
        public void logInfo(String message, String type) {
            throw new IllegalArgumentException("by the log");
        }

        @Override
        protected void handleError(Throwable error) {
            super.handleError(error);
            if (error instanceof IllegalArgumentException || error.getSuppressed().length > 0) {
                withLog = error;
            }
        }
    }

    /** The handler's own exception is the one that counts. */
    @Test
    void aWarningThatFailsHidesNothing() throws Exception {
        try (Connection<FailsToLog> connection = new Connection<>(new ChannelMap(), FailsToLog::new)) {
            connection.peer.getOutputStream().write(1);
            connection.pollUntil(() -> connection.channel.errors > 2 * Interest.FRUITLESS_LIMIT);
            assertThat(connection.channel.withLog)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("expected by the test");
            assertThat(connection.channel.withLog.getSuppressed())
                    .singleElement()
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whoThrowsBeforeItSendsIsNamedInOneWarning() throws Exception {
        try (Connection<FailsToWrite> connection = new Connection<>(new ChannelMap(), FailsToWrite::new)) {
            connection.pollUntil(() -> connection.channel.errors > 3 * Interest.FRUITLESS_LIMIT);
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .contains("FailsToWrite", "handleWrite() throws before it sends", "writable()", "handleError()");
        }
    }

    @Test
    void aDispatcherThatJoinsTheGlobalMapWhereLoopsWereStartedIsWarnedOfOnce() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Dispatcher first = new Dispatcher();
            first.createSocket();
            Dispatcher second = new Dispatcher();
            second.createSocket();
            assertThat(warnings())
                    .filteredOn(line -> line.contains("global channel map"))
                    .hasSizeLessThan(2);
            first.close();
            second.close();
            assertThat(running.call(ChannelMap::current)).isSameAs(running.loop.map());
        }
    }
}

package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.EventLoop;
import io.asyncore.LoopEvent;
import io.asyncore.LoopListener;
import io.asyncore.chat.LineChat;
import io.asyncore.descriptors.Await;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What fails again and again, with every connection, does not fill the disk. */
@Timeout(60)
class FloodedLogTest {

    private static final int TIMES = 100;

    /** In ten seconds, which no test here takes; two, in case it does. */
    private static final int MOST = 20;

    /** Counts what is logged, and keeps it out of the test's output. */
    private static final class Counter extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final Logger logger;
        private final AtomicInteger lines = new AtomicInteger();

        Counter(Class<?> type) {
            logger = (Logger) LoggerFactory.getLogger(type);
            start();
            logger.addAppender(this);
            logger.setAdditive(false);
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.incrementAndGet();
        }

        @Override
        public void close() {
            logger.detachAppender(this);
            logger.setAdditive(true);
        }
    }

    private static void visit(DispatcherFactory factory, int loops, LoopListener... listeners) throws Exception {
        visit(Server.builder().loops(loops).handler(factory), listeners);
    }

    private static void visit(Server.Builder builder, LoopListener... listeners) throws Exception {
        AtomicInteger closed = new AtomicInteger();
        builder.address(InetAddress.getLoopbackAddress());
        for (LoopListener listener : listeners) {
            builder.listener(listener);
        }
        try (Server server = builder.start()) {
            for (int i = 0; i < TIMES; i++) {
                try (Client client = new Client(server.port())) {
                    client.say("hello");
                    client.hear();
                    closed.incrementAndGet();
                }
            }
            Await.until("all are gone", () -> server.connectionCount() == 0);
        }
        assertThat(closed).hasValue(TIMES);
    }

    private static class Failing extends Dispatcher {
        @Override
        protected void handleRead() {
            throw new IllegalStateException("expected by the test");
        }
    }

    @Test
    void aHandlerThatFails() throws Exception {
        try (Counter log = new Counter(Failing.class)) {
            visit(Failing::new, 1);
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }

    private static final class FailingTwice extends Failing {
        @Override
        protected void handleError(Throwable error) {
            throw new IllegalStateException("expected by the test, too");
        }
    }

    @Test
    void aHandlerWhoseHandleErrorFails() throws Exception {
        try (Counter log = new Counter(EventLoop.class)) {
            visit(FailingTwice::new, 1);
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }

    /** On all loops together, as it is the listener's failure. */
    @Test
    void aFactoryThatFails() throws Exception {
        try (Counter log = new Counter(Acceptor.class)) {
            visit(
                    () -> {
                        throw new IllegalStateException("expected by the test");
                    },
                    3);
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }

    @Test
    void aLoopListenerThatFails() throws Exception {
        try (Counter log = new Counter(LoopListener.class)) {
            visit(EchoLines::new, 1, new LoopListener() {
                @Override
                public void onEvent(LoopEvent event, Dispatcher channel) {
                    throw new AssertionError("expected by the test");
                }
            });
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }

    @Test
    void aServerListenerThatFails() throws Exception {
        try (Counter log = new Counter(ServerListener.class)) {
            visit(EchoLines::new, 3, new ServerListener() {
                @Override
                public void onOpened(Dispatcher handler) {
                    throw new AssertionError("expected by the test");
                }
            });
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }

    @Test
    void proxiesThatSayNothingOfTheKind() throws Exception {
        try (Counter log = new Counter(ProxyHandshake.class)) {
            visit(Server.builder()
                    .proxyProtocol(ProxyProtocol.required("127.0.0.1", "::1"))
                    .handler(EchoLines::new));
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }

    private static final class ShortLines extends LineChat {
        ShortLines() {
            setMaxFrameLength(3);
        }

        @Override
        protected void handleLine(String line) {}
    }

    @Test
    void clientsWhoseFramesAreTooLong() throws Exception {
        try (Counter log = new Counter(ShortLines.class)) {
            visit(ShortLines::new, 1);
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }

    /** Its loop writes nothing while it pushes more and more. */
    private static final class Gushing extends DispatcherWithSend {
        Gushing() {
            setOptions(ChannelOptions.DEFAULTS.withWaterMarks(0, 1, 2));
        }

        @Override
        protected void handleConnect() throws Exception {
            socket().setOption(StandardSocketOptions.SO_SNDBUF, 4096);
        }

        @Override
        protected void handleRead() throws Exception {
            recv();
            byte[] much = new byte[256 * 1024];
            for (int i = 0; i < 400 && !isClosed(); i++) {
                send(much);
            }
        }
    }

    @Test
    void clientsThatDoNotReadWhatTheyAskFor() throws Exception {
        AtomicInteger overflows = new AtomicInteger();
        try (Counter log = new Counter(Gushing.class)) {
            Server.Builder builder = Server.builder()
                    .address(InetAddress.getLoopbackAddress())
                    .handler(Gushing::new)
                    .listener(new ServerListener() {
                        @Override
                        public void onEnded(Dispatcher handler, CloseReason reason) {
                            overflows.addAndGet(reason == CloseReason.OVERFLOW ? 1 : 0);
                        }
                    });
            try (Server server = builder.start()) {
                for (int i = 1; i <= TIMES; i++) {
                    int times = i;
                    try (Client client = new Client(server.port())) {
                        client.say("much");
                        Await.until("its output has overflowed", () -> overflows.get() == times);
                    }
                }
            }
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }

    private static final class Deaf extends Dispatcher {}

    @Test
    void aHandlerThatIgnoresItsInput() throws Exception {
        try (Counter log = new Counter(Deaf.class)) {
            AtomicInteger read = new AtomicInteger();
            Server.Builder builder = Server.builder()
                    .address(InetAddress.getLoopbackAddress())
                    .handler(Deaf::new)
                    .listener(new LoopListener() {
                        @Override
                        public void onBytesIn(Dispatcher channel, int count) {
                            read.incrementAndGet();
                        }
                    });
            try (Server server = builder.start()) {
                for (int i = 1; i <= TIMES; i++) {
                    int times = i;
                    try (Client client = new Client(server.port())) {
                        client.say("hello");
                        Await.until("it was read", () -> read.get() == times);
                    }
                }
            }
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }

    private static final class Idle extends Dispatcher {
        @Override
        protected void handleRead() {
            if (fruitless++ > 2000) {
                close();
            }
        }

        private int fruitless;
    }

    @Test
    void aHandlerThatLeavesItsInputWhereItIs() throws Exception {
        try (Counter log = new Counter(Idle.class)) {
            visit(Idle::new, 1);
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }

    private static final class LateFailure extends Dispatcher {
        @Override
        protected void handleRead() throws Exception {
            recv();
            loop().callLater(Duration.ZERO, LateFailure::fail);
            close();
        }

        private static void fail() {
            throw new IllegalStateException("expected by the test");
        }

        private EventLoop loop() {
            return map().loop();
        }
    }

    @Test
    void timersThatFail() throws Exception {
        try (Counter log = new Counter(EventLoop.class)) {
            visit(LateFailure::new, 1);
            assertThat(log.lines).hasValueBetween(1, MOST);
        }
    }
}

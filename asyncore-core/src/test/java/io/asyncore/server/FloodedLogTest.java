package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.LoopEvent;
import io.asyncore.LoopListener;
import io.asyncore.descriptors.Await;
import java.net.InetAddress;
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
}

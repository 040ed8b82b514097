package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.chat.LineChat;
import io.asyncore.descriptors.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Thousands of connections that end in every way that there is: no place is lost, and none is given back twice. */
@Timeout(120)
class ShortVisitsTest {

    private static final int PLACES = 8;
    private static final int THREADS = 16;
    private static final int VISITS = 200;

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.asyncore");
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicLong seeds = new AtomicLong();
    private volatile boolean over;

    @BeforeEach
    void keepExpectedFailuresOutOfTheOutput() {
        logger.setLevel(Level.OFF);
    }

    @AfterEach
    void logAgain() {
        logger.setLevel(null);
    }

    /** Fails, or ends itself in some way, in any of its callbacks; but for every fifth. */
    private final class Moody extends LineChat {
        private final Random random = new Random(seeds.incrementAndGet());
        private final boolean calm = random.nextInt(5) == 0;

        private void mood() throws Exception {
            switch (calm ? -1 : random.nextInt(20)) {
                case 0 -> throw new IllegalStateException("expected by the test");
                case 1 -> throw new StackOverflowError("expected by the test");
                case 2 -> close();
                case 3 -> abort();
                case 4 -> closeWhenDone();
                case 5 -> end(CloseReason.ERROR);
                case 6 -> {
                    close();
                    throw new IOException("expected by the test");
                }
                case 7 -> offload(() -> "done", this::pushLine);
                case 8 -> shutdownOutput();
                default -> {}
            }
        }

        @Override
        protected void handleConnect() throws Exception {
            mood();
        }

        @Override
        protected void handleLine(String line) throws Exception {
            pushLine(line);
            mood();
        }

        @Override
        protected void handleEof() throws Exception {
            mood();
            super.handleEof();
        }

        @Override
        protected void handleError(Throwable error) throws Exception {
            end(CloseReason.ERROR);
            mood();
        }

        @Override
        protected void handleClose() throws Exception {
            mood();
            super.handleClose();
        }

        @Override
        public void close() {
            super.close();
            if (!calm && random.nextInt(10) == 0) {
                throw new IllegalStateException("expected by the test");
            }
        }
    }

    private Dispatcher moodyFactory() throws Exception {
        Random random = new Random(seeds.incrementAndGet());
        switch (random.nextInt(10)) {
            case 0 -> throw new IOException("expected by the test");
            case 1 -> throw new StackOverflowError("expected by the test");
            case 2 -> {
                Moody closed = new Moody();
                closed.abort();
                return closed;
            }
            default -> {
                return new Moody();
            }
        }
    }

    private final class MoodyListener implements ServerListener {
        @Override
        public void onOpened(Dispatcher handler) {
            if (opened.incrementAndGet() % 7 == 0) {
                throw new AssertionError("expected by the test");
            }
        }

        @Override
        public void onRejected(SocketAddress peer, RejectReason reason) {
            throw new AssertionError("expected by the test");
        }
    }

    private Server start(int loops, Limits limits) throws IOException {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .loops(loops)
                .limits(limits.withConnections(PLACES).withHandshakes(3))
                .proxyProtocol(ProxyProtocol.required("127.0.0.1", "::1"))
                .handler(() -> over ? new EchoLines() : moodyFactory())
                .listener(new MoodyListener())
                .start();
    }

    private static void visit(int port, Random random) throws IOException {
        try (Client client = new Client(port)) {
            int kind = random.nextInt(8);
            if (kind == 0) {
                client.vanish();
            } else if (kind == 1) {
                client.say("no header");
            } else if (kind == 2) {
                client.say("PROXY TCP4 192.0.2.");
                client.vanish();
            } else {
                client.say("PROXY TCP4 192.0.2." + random.nextInt(3) + " 192.0.2.9 1 2\r");
                client.say("one\ntwo\nthe beginning of");
                if (kind > 3) {
                    client.hear();
                }
                if (kind > 5) {
                    client.vanish();
                }
            }
        }
    }

    private static void visitOften(int port, int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < VISITS; i++) {
            try {
                visit(port, random);
            } catch (IOException itsHandlerWasInSuchAMood) {
                // as most are
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void noPlaceIsLost(int loops) throws Exception {
        assertNoPlaceIsLost(loops, Limits.DEFAULTS.withPerPeer(PLACES));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whereTheyAreRefusedNeither(int loops) throws Exception {
        assertNoPlaceIsLost(loops, Limits.DEFAULTS.withPerPeer(PLACES).refusing("come again\r\n"));
    }

    private void assertNoPlaceIsLost(int loops, Limits limits) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Server server = start(loops, limits)) {
            List<Future<?>> visitors = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                visitors.add(threads.submit(() -> visitOften(server.port(), seed)));
            }
            for (Future<?> visitor : visitors) {
                visitor.get(100, TimeUnit.SECONDS);
            }
            over = true;
            awaitLast(server);
            assertServesAsManyAsItMay(server);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isServed(Client client) throws IOException {
        client.say("PROXY TCP4 192.0.2.1 192.0.2.9 1 2\r");
        return "hello".equals(client.ask("hello"));
    }

    /** Who is served now was behind all others in the kernel's queue. */
    private static void awaitLast(Server server) throws Exception {
        Await.until("a new client is served", () -> {
            try (Client client = new Client(server.port())) {
                return isServed(client);
            }
        });
        Await.until("all are gone", () -> server.connectionCount() == 0 && server.handshakesUnderWay() == 0);
    }

    /** All from one address, for which there is a limit, too. */
    private static void assertServesAsManyAsItMay(Server server) throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            Client client = new Client(server.port());
            clients.add(client);
            assertThat(isServed(client)).as("client " + i).isTrue();
        }
        assertThat(server.connectionCount()).isEqualTo(PLACES);
        for (Client client : clients) {
            client.leave();
        }
        Await.until("all are gone", () -> server.connectionCount() == 0);
    }
}

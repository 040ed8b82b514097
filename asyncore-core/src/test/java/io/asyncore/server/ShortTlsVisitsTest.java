package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.OpenDescriptors;
import io.asyncore.tls.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Clients of a server that speaks TLS which leave, with a reset or without, at every stage: no place is lost. */
@Timeout(120)
class ShortTlsVisitsTest {

    private static final Identity SELF = Identity.localhost();
    private static final int PLACES = 8;
    private static final int THREADS = 8;
    private static final int VISITS = 40;

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.asyncore");
    private final byte[] hello = clientHello();

    @BeforeEach
    void keepExpectedFailuresOutOfTheOutput() {
        logger.setLevel(Level.OFF);
    }

    @AfterEach
    void logAgain() {
        logger.setLevel(null);
    }

    private static byte[] clientHello() {
        try {
            SSLEngine engine = Identity.trustingContext(SELF).createSSLEngine();
            engine.setUseClientMode(true);
            ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), record);
            return Arrays.copyOf(record.array(), record.position());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Some of a client's first message, or all of it and some of the answer, or that and nonsense. */
    private void visitRaw(int port, Random random) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            int kind = random.nextInt(4);
            socket.getOutputStream().write(hello, 0, kind == 0 ? random.nextInt(hello.length) : hello.length);
            if (kind > 1) {
                assertThat(socket.getInputStream().read(new byte[1 + random.nextInt(1_000)]))
                        .isNotZero();
            }
            if (kind > 2) {
                socket.getOutputStream().write(new byte[] {23, 3, 3, 0, 3, 1, 2, 3});
            }
            if (random.nextBoolean()) {
                socket.setSoLinger(true, 0);
            }
        }
    }

    private static boolean isServed(int port) throws Exception {
        try (TlsPeer client = new TlsPeer(port, "localhost", "any")) {
            return "hello".equals(client.ask("hello"));
        }
    }

    private void visitOften(int port, int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < VISITS; i++) {
            try {
                visitRaw(port, random);
            } catch (IOException itWasShownOutFirst) {
                // as may be
            }
        }
    }

    @Test
    void noPlaceIsLost() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Server server = Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(EchoLines::new)
                .limits(Limits.DEFAULTS.withConnections(PLACES).withHandshakes(3))
                .ssl(Ssl.of(SELF.context()))
                .start()) {
            List<Future<?>> visitors = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                visitors.add(threads.submit(() -> visitOften(server.port(), seed)));
            }
            for (Future<?> visitor : visitors) {
                visitor.get(100, TimeUnit.SECONDS);
            }
            assertThat(isServed(server.port())).isTrue();
            Await.until("all are gone", () -> server.connectionCount() == 0 && server.handshakesUnderWay() == 0);
            assertThat(server.loop().map().size()).as("the listener").isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        before.assertNothingLeft();
    }
}

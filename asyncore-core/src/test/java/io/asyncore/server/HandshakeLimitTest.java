package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.EventLoop;
import io.asyncore.descriptors.Await;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many connections may be busy with what comes before their handler. */
@Timeout(60)
class HandshakeLimitTest {

    private static final int LIMIT = 4;
    private static final int CLIENTS = 20;
    private static final String HEADER = "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r";

    private static Server start(int loops) throws Exception {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .loops(loops)
                .limits(Limits.DEFAULTS.withHandshakes(LIMIT))
                .proxyProtocol(ProxyProtocol.required("127.0.0.1", "::1"))
                .handler(EchoLines::new)
                .start();
    }

    private static List<Client> connect(Server server) throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(server.port()));
        }
        return clients;
    }

    /** Keeps a loop from everything else until told. */
    private static void block(EventLoop loop, CountDownLatch release) {
        loop.execute(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void awaitTask(EventLoop loop) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> loop.execute(() -> done.complete(null)));
        done.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void whoComesBeyondItWaitsInTheKernelAndIsServedInTheEnd() throws Exception {
        for (int loops = 1; loops <= 3; loops++) {
            try (Server server = start(loops)) {
                List<Client> clients = connect(server);
                Await.until("as many as may", () -> server.handshakesUnderWay() == LIMIT);
                for (Client client : clients) {
                    client.say(HEADER);
                    assertThat(client.ask("hello")).isEqualTo("hello");
                    assertThat(server.handshakesUnderWay()).isLessThanOrEqualTo(LIMIT);
                    client.leave();
                }
                assertThat(server.handshakesUnderWay()).isZero();
            }
        }
    }

    /** Nor do more of them come in for a loop that has not even looked at the first. */
    @Test
    void aLoopThatIsBusyDoesNotLetMoreIn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Server server = start(3)) {
            server.loops().subList(1, 3).forEach(loop -> block(loop, release));
            List<Client> clients = connect(server);
            Await.until("as many as may", () -> server.handshakesUnderWay() >= LIMIT);
            awaitTask(server.loop());
            assertThat(server.handshakesUnderWay()).isEqualTo(LIMIT);
            release.countDown();
            for (Client client : clients) {
                client.leave();
            }
            Await.until("all are gone", () -> server.handshakesUnderWay() == 0);
        } finally {
            release.countDown();
        }
    }
}

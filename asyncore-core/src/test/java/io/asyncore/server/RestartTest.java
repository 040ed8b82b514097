package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.cpython.CapturedLog;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is started again on its port, as at every deployment, while clients are connected. */
@Timeout(60)
class RestartTest {

    private static final int RESTARTS = 100;
    private static final int THREADS = 4;

    private final List<Client> clients = new ArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private volatile boolean over;

    private static Server start(int port) throws IOException {
        return Server.builder()
                .name("restart")
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .loops(2)
                .handler(EchoLines::new)
                .start();
    }

    private void connect(int port) throws IOException {
        for (int i = 0; i < 3; i++) {
            Client client = new Client(port);
            clients.add(client);
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
    }

    /** The clients of all earlier servers hang up only at the end. */
    @Test
    void thePortIsFreeAtOnceEachTime() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        Server server = start(0);
        int port = server.port();
        for (int i = 0; i < RESTARTS; i++) {
            connect(port);
            server.close();
            server = start(port);
        }
        server.close();
        for (Client client : clients) {
            assertThat(client.hear()).isNull();
            client.close();
        }
        before.assertNothingLeft();
    }

    /** Clients come all the time: while it closes, while it is gone, and while it starts. */
    @Test
    void underLoadToo() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (CapturedLog log = new CapturedLog()) {
            Server server = start(0);
            int port = server.port();
            List<Future<?>> visitors = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                visitors.add(threads.submit(() -> visitUntilOver(port)));
            }
            for (int i = 0; i < RESTARTS; i++) {
                int seen = served.get();
                while (served.get() == seen) {
                    Thread.onSpinWait();
                }
                server.close();
                assertThat(LiveThreads.named("asyncore-restart")).isEmpty();
                server = start(port);
            }
            over = true;
            for (Future<?> visitor : visitors) {
                visitor.get(20, TimeUnit.SECONDS);
            }
            server.close();
            assertThat(log.lines())
                    .as("for the log nothing is wrong with that")
                    .noneMatch(line -> line.startsWith("ERROR"));
        } finally {
            over = true;
            threads.shutdownNow();
        }
        before.assertNothingLeft();
    }

    private void visitUntilOver(int port) {
        while (!over) {
            try (Client client = new Client(port)) {
                if ("hello".equals(client.ask("hello"))) {
                    served.incrementAndGet();
                }
            } catch (IOException betweenTwoServers) {
                Thread.onSpinWait();
            }
        }
    }
}

package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.chat.LineChat;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server with more than one loop. */
@Timeout(60)
class SeveralLoopsTest {

    private static final int LOOPS = 3;
    private static final int EACH = 20;

    /** Answers with the name of the thread that it runs on. */
    private static final class SaysThread extends LineChat {
        @Override
        protected void handleLine(String line) {
            pushLine(Thread.currentThread().getName());
        }
    }

    private static Server.Builder described(DispatcherFactory factory) {
        return Server.builder()
                .name("several")
                .address(InetAddress.getLoopbackAddress())
                .loops(LOOPS)
                .handler(factory);
    }

    @RegisterExtension
    final QuietAcceptor quiet = new QuietAcceptor();

    private final List<Client> clients = new ArrayList<>();

    private void connect(Server server, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            clients.add(new Client(server.port()));
        }
        Await.until("all are served", () -> server.connectionCount() == clients.size());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (Client client : clients) {
            client.close();
        }
        LiveThreads.awaitEndOf("asyncore-");
    }

    private static int connectionsOf(Server server, EventLoop loop) {
        return (int) server.connections().stream()
                .filter(handler -> handler.map().loop() == loop)
                .count();
    }

    @Test
    void connectionsAreSpreadEvenlyAndEachStaysOnItsThread() throws Exception {
        try (Server server = described(SaysThread::new).start()) {
            connect(server, LOOPS * EACH);
            for (EventLoop loop : server.loops()) {
                assertThat(connectionsOf(server, loop)).isBetween(EACH - 1, EACH + 1);
            }
            Set<String> threads = ConcurrentHashMap.newKeySet();
            for (Client client : clients) {
                String first = client.ask("who?");
                threads.add(String.valueOf(first));
                assertThat(client.ask("who?")).isEqualTo(first);
            }
            assertThat(threads)
                    .containsExactlyInAnyOrder("asyncore-several-1", "asyncore-several-2", "asyncore-several-3");
        }
    }

    @Test
    void whoLeavesMakesRoomOnThatLoop() throws Exception {
        try (Server server = described(SaysThread::new).start()) {
            connect(server, LOOPS * 2);
            EventLoop emptied = server.loops().get(1);
            int others = server.connectionCount() - connectionsOf(server, emptied);
            for (Dispatcher handler : server.connections()) {
                if (handler.map().loop() == emptied) {
                    emptied.execute(handler::close);
                }
            }
            Await.until("they are gone", () -> server.connectionCount() == others);
            try (Client one = new Client(server.port());
                    Client two = new Client(server.port())) {
                assertThat(one.ask("who?")).isEqualTo("asyncore-several-2");
                assertThat(two.ask("who?")).isEqualTo("asyncore-several-2");
            }
        }
    }

    @Test
    void maxConnectionsCountsAllLoops() throws Exception {
        try (Server server = described(SaysThread::new).maxConnections(LOOPS).start()) {
            connect(server, LOOPS);
            try (Client waiting = new Client(server.port())) {
                waiting.say("who?");
                clients.get(1).ask("who?");
                assertThat(server.connectionCount()).isEqualTo(LOOPS);
                clients.get(1).leave();
                assertThat(waiting.hear()).isNotNull();
            }
        }
    }

    @Test
    void closeLeavesNothing() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        Server server = described(SaysThread::new).start();
        connect(server, LOOPS * EACH);
        server.close();
        assertThat(server.isRunning()).isFalse();
        assertThat(LiveThreads.named("asyncore-several")).isEmpty();
        for (Client client : clients) {
            assertThat(client.hear()).isNull();
            client.close();
        }
        before.assertNothingLeft();
    }

    @Test
    void aDrainConcernsAllOfThem() throws Exception {
        Server server = described(SaysThread::new).start();
        connect(server, LOOPS * EACH);
        var shutdown = server.shutdown(Duration.ofMinutes(1));
        for (Client client : clients) {
            assertThat(client.hear()).isNull();
            client.close();
        }
        assertThat(shutdown.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(new DrainResult(LOOPS * EACH, 0));
        assertThat(server.isRunning()).isFalse();
    }

    /** The factory is called on the loop that the connection goes to. */
    @Test
    void aFactoryThatFailsCostsOneConnectionOnAnyLoop() throws Exception {
        int[] failures = {2 * LOOPS};
        DispatcherFactory factory = () -> {
            synchronized (failures) {
                if (failures[0]-- > 0) {
                    throw new IllegalStateException("expected by the test");
                }
            }
            return new SaysThread();
        };
        try (Server server = described(factory).maxConnections(LOOPS).start()) {
            for (int i = 0; i < 2 * LOOPS; i++) {
                try (Client client = new Client(server.port())) {
                    assertThat(client.hear()).isNull();
                }
            }
            connect(server, LOOPS); // no place was lost
            for (Client client : clients) {
                assertThat(client.ask("who?")).startsWith("asyncore-several-");
            }
        }
    }
}

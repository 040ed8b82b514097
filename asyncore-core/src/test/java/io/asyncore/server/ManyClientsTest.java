package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Dispatcher;
import io.asyncore.LoopCounters;
import io.asyncore.LoopEvent;
import io.asyncore.chat.LineChat;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients and many threads at once: every line arrives, whole and in its place. */
class ManyClientsTest {

    private static final int THREADS = 8;

    private final LoopCounters counters = new LoopCounters();
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS + 1);

    @AfterEach
    void endThreads() {
        executor.shutdownNow();
    }

    private Server start(DispatcherFactory factory) throws IOException {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(factory)
                .listener(counters)
                .start();
    }

    /** Runs something on each thread at once and waits for all of them. */
    private void onAllThreads(PerThread work) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int me = i;
            tasks.add(() -> {
                work.run(me);
                return null;
            });
        }
        for (Future<Void> each : executor.invokeAll(tasks, 2 * Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            each.get();
        }
    }

    @FunctionalInterface
    private interface PerThread {
        void run(int number) throws Exception;
    }

    /** 200 connections that stay open together, 50 lines each: some in a burst, some one by one. */
    @Test
    void tenThousandLinesOfTwoHundredClients() throws Exception {
        int clientsEach = 25;
        int burst = 40;
        int single = 10;
        try (Server server = start(EchoLines::new)) {
            List<List<Client>> clients = connect(server, THREADS, clientsEach);
            assertThat(server.connections()).hasSize(THREADS * clientsEach);
            onAllThreads(me -> {
                for (Client client : clients.get(me)) {
                    talkInABurst(client, burst);
                }
                for (int i = 0; i < single; i++) {
                    for (Client client : clients.get(me)) {
                        assertThat(client.ask("line " + i + " of " + me)).isEqualTo("line " + i + " of " + me);
                    }
                }
            });
            for (List<Client> ofOne : clients) {
                for (Client client : ofOne) {
                    client.leave();
                }
            }
            Await.until("all have left", () -> server.connections().isEmpty());
        }
        long connections = THREADS * clientsEach;
        assertThat(counters.count(LoopEvent.CONNECT)).isEqualTo(connections);
        assertThat(counters.count(LoopEvent.ACCEPT)).isGreaterThanOrEqualTo(connections);
        assertThat(counters.count(LoopEvent.CLOSE)).as("with the listener").isEqualTo(connections + 1);
        assertThat(counters.count(LoopEvent.ERROR)).isZero();
    }

    private static List<List<Client>> connect(Server server, int groups, int each) throws IOException {
        List<List<Client>> clients = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            List<Client> group = new ArrayList<>();
            for (int k = 0; k < each; k++) {
                Client client = new Client(server.port());
                assertThat(client.ask("hello")).isEqualTo("hello");
                group.add(client);
            }
            clients.add(group);
        }
        return clients;
    }

    private static void talkInABurst(Client client, int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            client.say("number " + i + " " + "x".repeat(i * 7));
        }
        for (int i = 0; i < lines; i++) {
            assertThat(client.hear()).isEqualTo("number " + i + " " + "x".repeat(i * 7));
        }
    }

    /** Some say good-bye, some crash in the middle of a line, and some have nothing to say. */
    @Test
    void clientsThatComeAndGoLeaveNothing() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        try (Server server = start(EchoLines::new)) {
            onAllThreads(me -> {
                for (int i = 0; i < 100; i++) {
                    visit(server, i % 4);
                }
            });
            try (Client last = new Client(server.port())) {
                assertThat(last.ask("hello"))
                        .as("behind all that wait to be accepted")
                        .isEqualTo("hello");
                Await.until("the others have left", () -> server.connections().size() == 1);
                assertThat(server.loop().map().size())
                        .as("the listener and one handler")
                        .isEqualTo(2);
            }
        }
        before.assertNothingLeft();
    }

    private static void visit(Server server, int kind) throws IOException {
        try (Client client = new Client(server.port())) {
            switch (kind) {
                case 0 -> assertThat(client.ask("hello")).isEqualTo("hello");
                case 1 -> client.vanish();
                case 2 -> {
                    client.say("half of this is answered\nand half of it");
                    client.vanish();
                }
                default -> client.say("not interested in the answer");
            }
        }
    }

    @Test
    void whatManyThreadsPushKeepsTheOrderOfEach() throws Exception {
        int lines = 2_000;
        try (Server server = start(EchoLines::new);
                Client client = new Client(server.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            LineChat handler = (LineChat) server.connections().get(0);
            Future<Map<Integer, Integer>> heard = executor.submit(() -> countInOrder(client, THREADS * lines));
            onAllThreads(me -> {
                for (int i = 0; i < lines; i++) {
                    assertThat(handler.pushLine(me + " " + i)).isTrue();
                }
            });
            Map<Integer, Integer> counts = heard.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(counts)
                    .hasSize(THREADS)
                    .allSatisfy((thread, count) -> assertThat(count).isEqualTo(lines));
        }
    }

    /** Reads so many lines and counts those of each thread, which must come in order. */
    private static Map<Integer, Integer> countInOrder(Client client, int lines) throws IOException {
        Map<Integer, Integer> next = new HashMap<>();
        for (int i = 0; i < lines; i++) {
            String line = String.valueOf(client.hear());
            String[] parts = line.split(" ");
            int thread = Integer.parseInt(parts[0]);
            assertThat(Integer.parseInt(parts[1]))
                    .as("line of thread " + thread)
                    .isEqualTo(next.getOrDefault(thread, 0));
            next.merge(thread, 1, Integer::sum);
        }
        return next;
    }

    /** What one says, all others hear, in the order in which it was said. */
    @Test
    void aBroadcastReachesAllOthersInOrder() throws Exception {
        int lines = 100;
        try (Server server = start(Broadcasting::new)) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Client client = new Client(server.port());
                clients.add(client);
                assertThat(client.ask("hello")).isEqualTo("hello to you");
            }
            onAllThreads(me -> {
                Client mine = clients.get(me);
                for (int i = 0; i < lines; i++) {
                    mine.say(me + " " + i);
                }
                assertThat(countInOrder(mine, (THREADS - 1) * lines))
                        .hasSize(THREADS - 1)
                        .doesNotContainKey(me);
            });
            for (Client client : clients) {
                client.leave();
            }
        }
    }

    private static final class Broadcasting extends EchoLines {
        @Override
        protected void handleLine(String line) {
            if (line.equals("hello")) {
                pushLine("hello to you");
                return;
            }
            for (Dispatcher other : map().channels()) {
                if (other != this && other instanceof Broadcasting chat) {
                    chat.pushLine(line);
                }
            }
        }
    }
}

package io.asyncore.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** The whole demo application: real servers on random ports, real sockets, HTTP to the actuator. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"asyncore.server.port=0", "asyncore.servers.chat.port=0"})
@Timeout(120)
class DemoApplicationTests {

    private static final int CLIENTS = 200;
    private static final int LINES = 50;

    @Value("${local.asyncore.server.port}")
    private int echoPort;

    @Value("${local.asyncore.servers.chat.port}")
    private int chatPort;

    private final RestClient http;

    DemoApplicationTests(@Value("${local.server.port}") int httpPort) {
        this.http = RestClient.create("http://localhost:" + httpPort);
    }

    @Test
    void echoesTenThousandLinesToTwoHundredClientsAtOnceAndCountsThem() throws Exception {
        double connectsBefore = events("default", "connect");
        CyclicBarrier allConnected =
                new CyclicBarrier(CLIENTS, () -> assertThat(channels("default")).isEqualTo(CLIENTS + 1));
        List<Integer> echoed = atOnce(CLIENTS, number -> {
            try (Client client = new Client(echoPort)) {
                client.send("client " + number);
                assertThat(client.read()).isEqualTo("client " + number);
                allConnected.await(60, TimeUnit.SECONDS);
                return converse(client, number);
            }
        });
        assertThat(echoed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(CLIENTS * LINES);
        assertThat(events("default", "connect") - connectsBefore).isEqualTo(CLIENTS);
        assertThat(events("default", "accept")).isPositive();
        assertThat(events("default", "read")).isGreaterThanOrEqualTo(CLIENTS);
        await(() -> channels("default") == 1 && events("default", "close") >= CLIENTS);
    }

    private static int converse(Client client, int number) throws Exception {
        int echoed = 0;
        for (int line = 0; line < LINES; line++) {
            String text = "line " + line + " of client " + number + ": grüße, ½ € " + "x".repeat(line);
            client.send(text);
            assertThat(client.read()).isEqualTo(text);
            echoed++;
        }
        return echoed;
    }

    @Test
    void whatOneSaysInTheChatAllOthersHearInOrder() throws Exception {
        int members = 40;
        CyclicBarrier allIn = new CyclicBarrier(members);
        List<List<String>> heard = atOnce(members, number -> {
            try (Client client = new Client(chatPort)) {
                assertThat(client.read()).startsWith("Welcome, guest");
                client.send("/nick member" + number);
                allIn.await(60, TimeUnit.SECONDS);
                for (int line = 0; line < LINES; line++) {
                    client.send("line " + line);
                }
                List<String> lines = readMessages(client, (members - 1) * LINES);
                allIn.await(60, TimeUnit.SECONDS);
                return lines;
            }
        });
        for (int number = 0; number < members; number++) {
            for (int speaker = 0; speaker < members; speaker++) {
                String prefix = "member" + speaker + ": ";
                assertThat(heard.get(number).stream().filter(line -> line.startsWith(prefix)))
                        .as("what member %d heard of member %d", number, speaker)
                        .containsExactlyElementsOf(speaker == number ? List.of() : linesOf(prefix));
            }
        }
    }

    private static List<String> linesOf(String prefix) {
        return IntStream.range(0, LINES)
                .mapToObj(line -> prefix + "line " + line)
                .toList();
    }

    @Test
    void aRestCallSpeaksIntoTheChat() throws Exception {
        await(() -> channels("chat") == 1);
        try (Client ada = new Client(chatPort)) {
            ada.read();
            ada.send("/nick ada");
            assertThat(ada.read()).startsWith("* guest").endsWith(" is now ada");
            String answer = http.post()
                    .uri("/chat")
                    .contentType(MediaType.TEXT_PLAIN)
                    .body("hello\nall")
                    .retrieve()
                    .body(String.class);
            assertThat(answer).isEqualTo("heard by 1\n");
            assertThat(readMessages(ada, 2)).containsExactly("web: hello", "web: all");
            ada.send("/quit");
            assertThat(ada.read()).isEqualTo("Bye, ada!");
            assertThat(ada.isAtEnd()).isTrue();
        }
    }

    @Test
    void theActuatorShowsHealthInfoAndMetrics() {
        assertThat(get("/actuator/health")).contains("\"status\":\"UP\"");
        assertThat(get("/actuator/info")).contains("\"java\"");
        assertThat(get("/actuator/metrics")).contains("asyncore.channels", "asyncore.events");
        assertThat(get("/actuator/metrics/asyncore.channels")).contains("\"server\"", "default", "chat");
    }

    @Test
    void theActuatorShowsServersAndTheirChannels() throws Exception {
        try (Client client = new Client(echoPort)) {
            client.send("hello");
            assertThat(client.read()).isEqualTo("hello");
            assertThat(get("/actuator/asyncore")).contains("\"default\"", "\"chat\"", "\"totals\"");
            assertThat(get("/actuator/asyncore/default?state=connected&handler=Echo"))
                    .contains("io.asyncore.demo.Echo", "\"peer\":\"127.0.0.1:");
            assertThat(get("/actuator/health/asyncore/default")).contains("\"status\":\"UP\"", "\"connections\":");
            assertThat(get("/actuator/prometheus"))
                    .contains("asyncore_connections_current{server=\"default\"}", "asyncore_callback_seconds_sum");
        }
    }

    /** The next messages; what the room tells about comings and goings is left out. */
    private static List<String> readMessages(Client client, int count) throws Exception {
        List<String> messages = new ArrayList<>();
        while (messages.size() < count) {
            String line = client.read();
            if (!line.startsWith("* ")) {
                messages.add(line);
            }
        }
        return messages;
    }

    private double channels(String server) {
        return measure("/actuator/metrics/asyncore.channels?tag=server:" + server);
    }

    private double events(String server, String event) {
        return measure("/actuator/metrics/asyncore.events?tag=server:" + server + "&tag=event:" + event);
    }

    private double measure(String path) {
        Metric metric = http.get().uri(path).retrieve().body(Metric.class);
        assertThat(metric).isNotNull();
        return metric.measurements().get(0).value();
    }

    private String get(String path) {
        return String.valueOf(http.get().uri(path).retrieve().body(String.class));
    }

    /** The part of the metrics endpoint's answer that counts here. */
    record Metric(List<Measurement> measurements) {}

    record Measurement(double value) {}

    interface Conversation<T> {
        T with(int client) throws Exception;
    }

    /** Holds all conversations at the same time, each on a thread of its own. */
    private static <T> List<T> atOnce(int clients, Conversation<T> conversation) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                calls.add(() -> conversation.with(client));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}

package io.asyncore.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.test.AsyncoreTestClients;
import io.asyncore.test.AsyncoreTestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** The whole demo application: real servers on random ports, real sockets, HTTP to the actuator. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Timeout(120)
class DemoApplicationTests {

    /** Hundreds of threads share a few processors. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int CLIENTS = 200;
    private static final int LINES = 50;

    @Autowired
    private AsyncoreTestClients clients;

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
            try (AsyncoreTestClient client = clients.connect().timeout(PATIENCE)) {
                client.sendLine("client " + number);
                client.expectLine("client " + number);
                allConnected.await(60, TimeUnit.SECONDS);
                return converse(client, number);
            }
        });
        assertThat(echoed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(CLIENTS * LINES);
        assertThat(events("default", "connect") - connectsBefore).isEqualTo(CLIENTS);
        assertThat(events("default", "accept")).isPositive();
        assertThat(events("default", "read")).isGreaterThanOrEqualTo(CLIENTS);
        Waiting.until(() -> channels("default") == 1 && events("default", "close") >= CLIENTS);
    }

    private static int converse(AsyncoreTestClient client, int number) throws Exception {
        int echoed = 0;
        for (int line = 0; line < LINES; line++) {
            String text = "line " + line + " of client " + number + ": grüße, ½ € " + "x".repeat(line);
            client.sendLine(text);
            client.expectLine(text);
            echoed++;
        }
        return echoed;
    }

    @Test
    void whatOneSaysInTheChatAllOthersHearInOrder() throws Exception {
        int members = 40;
        CyclicBarrier allIn = new CyclicBarrier(members);
        List<List<String>> heard = atOnce(members, number -> {
            try (AsyncoreTestClient client = clients.connect("chat").timeout(PATIENCE)) {
                assertThat(client.readLine()).startsWith("Welcome, guest");
                client.sendLine("/nick member" + number);
                allIn.await(60, TimeUnit.SECONDS);
                for (int line = 0; line < LINES; line++) {
                    client.sendLine("line " + line);
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
        Waiting.until(() -> channels("chat") == 1);
        try (AsyncoreTestClient ada = clients.connect("chat")) {
            ada.readLine();
            ada.sendLine("/nick ada");
            assertThat(ada.readLine()).startsWith("* guest").endsWith(" is now ada");
            String answer = http.post()
                    .uri("/chat")
                    .contentType(MediaType.TEXT_PLAIN)
                    .body("hello\nall")
                    .retrieve()
                    .body(String.class);
            assertThat(answer).isEqualTo("heard by 1\n");
            assertThat(readMessages(ada, 2)).containsExactly("web: hello", "web: all");
            ada.sendLine("/quit");
            ada.expectLine("Bye, ada!");
            ada.expectEnd();
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
        try (AsyncoreTestClient client = clients.connect()) {
            client.sendLine("hello");
            client.expectLine("hello");
            assertThat(get("/actuator/asyncore")).contains("\"default\"", "\"chat\"", "\"totals\"");
            assertThat(get("/actuator/asyncore/default?state=connected&handler=Echo"))
                    .contains("io.asyncore.demo.Echo", "\"peer\":\"127.0.0.1:");
            assertThat(get("/actuator/health/asyncore/default")).contains("\"status\":\"UP\"", "\"connections\":");
            assertThat(get("/actuator/prometheus"))
                    .contains("asyncore_connections_current{server=\"default\"}", "asyncore_callback_seconds_sum");
        }
    }

    /** The next messages; what the room tells about comings and goings is left out. */
    private static List<String> readMessages(AsyncoreTestClient client, int count) throws Exception {
        List<String> messages = new ArrayList<>();
        while (messages.size() < count) {
            String line = client.readLine();
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

    interface Exchange<T> {
        T with(int client) throws Exception;
    }

    /** Holds all conversations at the same time, each on a thread of its own. */
    private static <T> List<T> atOnce(int clients, Exchange<T> exchange) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                calls.add(() -> exchange.with(client));
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
}

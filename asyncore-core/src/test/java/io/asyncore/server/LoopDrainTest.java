package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections of a loop that drains: what clients have sent before is answered, then they are closed in good order. */
@Timeout(60)
class LoopDrainTest {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final CountDownLatch busy = new CountDownLatch(1);

    private void keepBusy(Server server) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        server.loop().execute(() -> {
            begun.countDown();
            try {
                busy.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        begun.await();
    }

    private void drain(Server server) {
        server.loop().execute(() -> server.loop().drain(GRACE));
    }

    /** The lines are in the kernel, and the loop has not looked yet. */
    @Test
    void whatWaitsInTheKernelIsAnswered() throws Exception {
        try (Server server = Server.builder().handler(EchoLines::new).start()) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(new Client(server.port()));
                assertThat(clients.get(i).ask("hello")).isEqualTo("hello");
            }
            keepBusy(server);
            for (Client client : clients.subList(0, 10)) {
                client.say("question");
                client.say("another");
            }
            drain(server);
            busy.countDown();
            for (Client client : clients.subList(0, 10)) {
                assertThat(client.hear()).isEqualTo("question");
                assertThat(client.hear()).isEqualTo("another");
            }
            for (Client client : clients) {
                assertThat(client.hear()).as("the end").isNull();
                client.close();
            }
        }
    }

    /** More than one read takes. */
    @Test
    void aLongRequest() throws Exception {
        String line = "x".repeat(60_000);
        try (Server server = Server.builder().handler(EchoLines::new).start();
                Client client = new Client(server.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            keepBusy(server);
            client.say(line + "\n" + line);
            drain(server);
            busy.countDown();
            assertThat(client.hear()).isEqualTo(line);
            assertThat(client.hear()).isEqualTo(line);
            assertThat(client.hear()).as("the end").isNull();
        }
    }
}

package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.DispatcherWithSend;
import io.asyncore.cpython.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

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

    /** Reads what is there, and writes down how much that was. */
    private static final class Reading extends DispatcherWithSend {
        private final List<Integer> read;

        Reading(List<Integer> read) {
            this.read = read;
        }

        @Override
        protected void handleConnect() {
            send("hello\n".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        protected void handleRead() throws Exception {
            read.add(recv(100).length);
        }

        @Override
        protected void handleEof() throws Exception {
            read.add(-1);
            super.handleEof();
        }
    }

    @Test
    void handleReadMayComeWithNothingToReadWhichIsNoEnd() throws Exception {
        List<Integer> read = new CopyOnWriteArrayList<>();
        try (Server server = Server.builder().handler(() -> new Reading(read)).start();
                Client client = new Client(server.port())) {
            assertThat(client.hear()).isEqualTo("hello");
            drain(server);
            assertThat(client.hear()).as("the end").isNull();
            assertThat(read.get(0)).isZero();
        }
    }

    private static final class Greeting extends DispatcherWithSend {
        @Override
        protected void handleConnect() {
            send("hello\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** It reads what nobody wants, and says so when there is something. */
    @Test
    @ResourceLock("log of io.asyncore")
    void whoDoesNotReadIsNotToldOfInputThatDidNotCome() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            try (Server server = Server.builder().handler(Greeting::new).start();
                    Client client = new Client(server.port())) {
                assertThat(client.hear()).isEqualTo("hello");
                drain(server);
                assertThat(client.hear()).as("the end").isNull();
            }
            assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
        }
    }
}

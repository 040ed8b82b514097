package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code shutdown(Duration)}: nobody new, and those who are there may finish. */
class ShutdownTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private OpenDescriptors before;

    @BeforeEach
    void look() throws IOException {
        before = OpenDescriptors.now();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        before.assertNothingLeft();
        LiveThreads.awaitEndOf("asyncore-");
    }

    private static Server start(DispatcherFactory factory) throws IOException {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(factory)
                .start();
    }

    private static DrainResult resultOf(CompletableFuture<DrainResult> shutdown) throws Exception {
        return shutdown.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Has no output that could be waited for, and ends with its client. */
    private static class Listening extends Dispatcher {
        @Override
        protected void handleRead() throws Exception {
            recv();
        }
    }

    /** Sends a lot as soon as it is connected: more than the kernel takes while nobody reads. */
    private static final class Generous extends DispatcherWithSend {
        private final byte[] gift;

        Generous(byte[] gift) {
            this.gift = gift;
        }

        @Override
        protected void handleConnect() {
            send(gift);
        }
    }

    @Test
    void whatIsQueuedIsDeliveredToTheLastByte() throws Exception {
        byte[] gift = new byte[6 * 1024 * 1024];
        new Random(1).nextBytes(gift);
        Server server = start(() -> new Generous(gift));
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.setSoTimeout((int) Await.PATIENCE.toMillis());
            InputStream input = client.getInputStream();
            assertThat(input.read()).isEqualTo(Byte.toUnsignedInt(gift[0]));

            CompletableFuture<DrainResult> shutdown = server.shutdown(Await.PATIENCE);
            byte[] rest = input.readAllBytes();
            assertThat(ByteBuffer.wrap(rest)).isEqualTo(ByteBuffer.wrap(gift, 1, gift.length - 1));
            client.shutdownOutput();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(1, 0));
        }
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void idleClientsOfQueueingHandlersAreEndedInGoodOrder() throws Exception {
        Server server = start(() -> new EchoLines(events));
        try (Client one = new Client(server.port());
                Client two = new Client(server.port())) {
            assertThat(one.ask("1")).isEqualTo("1");
            assertThat(two.ask("2")).isEqualTo("2");
            CompletableFuture<DrainResult> shutdown = server.shutdown(Await.PATIENCE);
            assertThat(one.hear()).isNull();
            assertThat(two.hear()).isNull();
            one.leave();
            two.leave();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(2, 0));
        }
        assertThat(events).filteredOn(("close " + CloseReason.LOCAL)::equals).hasSize(2);
    }

    @Test
    void nobodyNewIsServedMeanwhile() throws Exception {
        Server server = start(Listening::new);
        try (Client client = new Client(server.port())) {
            Await.until("it is served", () -> server.connections().size() == 1);
            CompletableFuture<DrainResult> shutdown = server.shutdown(Await.PATIENCE);
            Await.until("the listener is gone", () -> server.loop().map().size() == 1);
            Await.until("new clients are refused", () -> isRefused(server.port()));
            assertThat(shutdown).isNotDone();
            client.leave();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(1, 0));
        }
        assertThatIOException().isThrownBy(() -> new Client(server.port()).close());
    }

    private static boolean isRefused(int port) {
        try (Client late = new Client(port)) {
            return late.hear() == null;
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void whoDoesNotEndInTimeIsClosed() throws Exception {
        Server server = start(() -> new Listening() {
            @Override
            protected void handleClose() {
                events.add("close " + closeReason());
            }
        });
        try (Client stays = new Client(server.port());
                Client leaves = new Client(server.port())) {
            Await.until("both are served", () -> server.connections().size() == 2);
            CompletableFuture<DrainResult> shutdown = server.shutdown(Await.PATIENCE);
            Await.until("it has begun", () -> server.loop().map().size() == 2);
            leaves.leave();
            Await.until("one has left", () -> server.connections().size() == 1);
            assertThat(resultOf(server.shutdown(SHORT))).isEqualTo(new DrainResult(0, 1));
            assertThat(stays.hear()).isNull();
            assertThat(resultOf(shutdown)).isEqualTo(new DrainResult(1, 1));
        }
        assertThat(events).containsExactly("close " + CloseReason.PEER, "close " + CloseReason.SHUTDOWN);
    }

    @Test
    void withoutConnectionsItIsOverAtOnce() throws Exception {
        Server server = start(EchoLines::new);
        assertThat(resultOf(server.shutdown(Duration.ofHours(1)))).isEqualTo(new DrainResult(0, 0));
        assertThat(server.isRunning()).isFalse();
        assertThat(resultOf(server.shutdown(Duration.ofHours(1)))).isEqualTo(new DrainResult(0, 0));
    }

    @Test
    void aNegativeGraceIsRefusedByNameAndHarmsNothing() throws Exception {
        try (Server server = start(EchoLines::new);
                Client client = new Client(server.port())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.shutdown(Duration.ofMillis(-1)))
                    .withMessageContaining("grace")
                    .withMessageContaining("PT-0.001S");
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
    }

    @Test
    void twiceTellsBoth() throws Exception {
        Server server = start(Listening::new);
        try (Client client = new Client(server.port())) {
            Await.until("it is served", () -> server.connections().size() == 1);
            CompletableFuture<DrainResult> patient = server.shutdown(Await.PATIENCE);
            CompletableFuture<DrainResult> hasty = server.shutdown(SHORT);
            assertThat(resultOf(hasty)).isEqualTo(new DrainResult(0, 1));
            assertThat(resultOf(patient).forced()).isLessThanOrEqualTo(1);
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void aHandlerMayAskForIt() throws Exception {
        CompletableFuture<Server> server = new CompletableFuture<>();
        CompletableFuture<DrainResult> result = new CompletableFuture<>();
        server.complete(start(() -> new EchoLines(events) {
            @Override
            protected void handleLine(String line) {
                pushLine("good bye");
                server.join().shutdown(Await.PATIENCE).thenAccept(result::complete);
            }
        }));
        try (Client client = new Client(server.join().port())) {
            assertThat(client.ask("shut down")).isEqualTo("good bye");
            assertThat(client.hear()).isNull();
            client.leave();
            assertThat(resultOf(result)).isEqualTo(new DrainResult(1, 0));
        }
    }

    /** Whoever waits for the result gets it, also when the server is closed before the shutdown has begun. */
    @Test
    void closingMeanwhileEndsItAtOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            Server server = start(Listening::new);
            try (Client client = new Client(server.port())) {
                Await.until("it is served", () -> server.connections().size() == 1);
                CompletableFuture<DrainResult> shutdown = server.shutdown(Duration.ofHours(1));
                server.close();
                resultOf(shutdown);
                assertThat(client.hear()).isNull();
            }
        }
    }

    /** The result may be waited for on any thread, and a continuation may use the server. */
    @Test
    void theServerHasEndedWhenTheResultIsThere() throws Exception {
        Server server = start(EchoLines::new);
        try (Client client = new Client(server.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            CompletableFuture<Boolean> running = server.shutdown(SHORT).thenApply(result -> server.isRunning());
            assertThat(running.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isFalse();
        }
    }

    @Test
    void afterTheEndItIsOverAtOnce() throws Exception {
        Server server = start(EchoLines::new);
        server.close();
        assertThat(resultOf(server.shutdown(Duration.ofHours(1)))).isEqualTo(new DrainResult(0, 0));
        server.close();
    }
}

package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.chat.LineChat;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import io.asyncore.tls.Identity;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads of a server besides those of its loops. */
@Timeout(60)
class WorkersTest {

    private static final String NAME = "workers-test";

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicReference<Server> running = new AtomicReference<>();

    /** Answers from another thread; or waits there for ever. */
    private final class Offloading extends LineChat {
        @Override
        protected void handleLine(String line) {
            offload(() -> line.equals("wait") ? waitForEver() : threadName(), this::pushLine);
        }

        private String threadName() {
            if (Thread.currentThread().isDaemon()) {
                return Thread.currentThread().getName();
            }
            throw new AssertionError("must not keep a program alive");
        }

        private String waitForEver() {
            events.add("waits");
            try {
                release.await();
                return "released";
            } catch (InterruptedException e) {
                events.add("interrupted");
                return "interrupted";
            }
        }
    }

    private Server.Builder described() {
        return Server.builder()
                .name(NAME)
                .address(InetAddress.getLoopbackAddress())
                .handler(Offloading::new);
    }

    private String event() throws InterruptedException {
        return String.valueOf(events.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** A thread of a pool that has ended may need another instant to be gone. */
    private static void assertNothingLeft() throws Exception {
        LiveThreads.awaitEndOf("asyncore-" + NAME);
    }

    @Test
    void closeLeavesNoThreadOfOffloadsAndHandshakes() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        Server server =
                described().ssl(Ssl.of(Identity.localhost().context())).loops(2).start();
        try (TlsPeer one = new TlsPeer(server.port(), "localhost", "any");
                TlsPeer two = new TlsPeer(server.port(), "localhost", "any")) {
            assertThat(one.ask("who?")).startsWith("asyncore-" + NAME + "-offload-");
            assertThat(two.ask("who?")).startsWith("asyncore-" + NAME + "-offload-");
            assertThat(LiveThreads.named("asyncore-" + NAME + "-tls-")).isNotEmpty();
            server.close();
            assertNothingLeft();
        }
        before.assertNothingLeft();
    }

    @Test
    void closeInterruptsWorkWhoseResultNobodyWillHear() throws Exception {
        Server server = described().start();
        try (Client client = new Client(server.port())) {
            client.say("wait");
            assertThat(event()).isEqualTo("waits");
            server.close();
            assertThat(event()).isEqualTo("interrupted");
            assertNothingLeft();
            assertThat(client.hear()).isNull();
        }
    }

    /** The work keeps its connection, and so the server, until the time is over; and then no longer. */
    @Test
    void aShutdownWaitsForThemAsForTheirConnections() throws Exception {
        Server server = described().start();
        try (Client patient = new Client(server.port());
                Client other = new Client(server.port())) {
            patient.say("wait");
            assertThat(event()).isEqualTo("waits");
            assertThat(other.ask("who?")).isNotNull();
            CompletableFuture<DrainResult> shutdown = server.shutdown(Await.PATIENCE);
            assertThat(other.hear()).isNull();
            other.leave();
            release.countDown();
            assertThat(patient.hear()).isEqualTo("released");
            assertThat(patient.hear()).isNull();
            patient.leave();
            assertThat(shutdown.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(new DrainResult(2, 0));
        }
        assertNothingLeft();
    }

    @Test
    void workMayCloseItsServer() throws Exception {
        running.set(described()
                .handler(() -> new LineChat() {
                    @Override
                    protected void handleLine(String line) {
                        offload(
                                () -> {
                                    running.get().close();
                                    events.add("closed");
                                    return line;
                                },
                                this::pushLine);
                    }
                })
                .start());
        try (Client client = new Client(running.get().port())) {
            assertThat(client.ask("close")).isNull();
            assertThat(event()).isEqualTo("closed");
        }
        LiveThreads.awaitEndOf("asyncore-" + NAME);
    }

    @Test
    void anExecutorThatWasBroughtIsLeftAlone() throws Exception {
        Executor own = work -> {
            Thread thread = new Thread(work, "own");
            thread.setDaemon(true);
            thread.start();
        };
        Server server = described().offloadExecutor(own).start();
        try (Client client = new Client(server.port())) {
            client.say("wait");
            assertThat(event()).isEqualTo("waits");
            server.close();
            assertThat(events.poll(Duration.ofMillis(100).toMillis(), TimeUnit.MILLISECONDS))
                    .isNull();
        } finally {
            release.countDown();
        }
    }

    @Test
    void afterTheEndThereIsNone() throws Exception {
        Workers workers = Workers.forOffloads(NAME);
        workers.close();
        assertThatThrownBy(() -> workers.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("ended");
        assertNothingLeft();
    }
}

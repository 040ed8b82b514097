package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.EventLoop;
import io.asyncore.LoopCounters;
import io.asyncore.descriptors.Await;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How loops wait: what a server was told of it holds on each of its loops, while nothing happens. */
@Timeout(60)
class LoopOptionsTest {

    private static final int LOOPS = 2;

    private static Server.Builder loops() {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .loops(LOOPS)
                .handler(EchoLines::new);
    }

    @Test
    void theTimeOutIsTheLongestWaitOfEach() throws Exception {
        List<LoopCounters> counters = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            counters.add(new LoopCounters());
        }
        try (Server server = loops().loopTimeout(Duration.ofMillis(5))
                .loopListener(counters::get)
                .start()) {
            for (LoopCounters loop : counters) {
                long before = loop.turns();
                Await.until("it turns by itself", () -> loop.turns() > before + 20);
            }
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void busyPollKeepsEachOfThemAwake() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Assumptions.assumeTrue(threads.isThreadCpuTimeSupported(), "this JVM does not know a thread's processor time");
        try (Server server = loops().busyPoll(Duration.ofHours(1)).start();
                Client client = new Client(server.port())) {
            for (EventLoop loop : server.loops()) {
                long thread = threadOf(loop);
                long enough = threads.getThreadCpuTime(thread) + TimeUnit.MILLISECONDS.toNanos(50);
                Await.until("50 ms of processor time are spent", () -> threads.getThreadCpuTime(thread) > enough);
            }
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
    }

    private static long threadOf(EventLoop loop) throws Exception {
        CompletableFuture<Long> thread = new CompletableFuture<>();
        loop.execute(() -> thread.complete(Thread.currentThread().getId()));
        return thread.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}

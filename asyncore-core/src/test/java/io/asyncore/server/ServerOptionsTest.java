package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.LoopListener;
import io.asyncore.SlowCallback;
import io.asyncore.descriptors.Await;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server was told is what its connections, its loops, and what its handlers connect to, have. */
@Timeout(60)
class ServerOptionsTest {

    private static final Timeouts TIMES = Timeouts.DEFAULTS
            .withIdle(Duration.ofSeconds(11))
            .withMessage(Duration.ofSeconds(12))
            .withWriteStall(Duration.ofSeconds(13))
            .withHandshake(Duration.ofSeconds(14))
            .withProxyHeader(Duration.ofSeconds(15))
            .withConnect(Duration.ofSeconds(16));

    private static Server.Builder described() {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(EchoLines::new)
                .timeouts(TIMES)
                .writeBuffer(new WriteBuffer(3_000, 2_000, 4_000))
                .limits(Limits.DEFAULTS.withFrameLength(5_000));
    }

    private static ChannelOptions clients() {
        return ChannelOptions.DEFAULTS
                .withWriteStallTimeout(Duration.ofSeconds(13))
                .withConnectTimeout(Duration.ofSeconds(16))
                .withWaterMarks(2_000, 3_000, 4_000)
                .withMaxFrameLength(5_000);
    }

    private static <T> T onLoop(EventLoop loop, Function<EventLoop, T> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(question.apply(loop)));
        return answer.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ofConnections(int loops) throws Exception {
        try (Server server = described().loops(loops).start();
                Client one = new Client(server.port());
                Client two = new Client(server.port())) {
            assertThat(one.ask("hello")).isEqualTo("hello");
            assertThat(two.ask("hello")).isEqualTo("hello");
            for (Dispatcher handler : server.connections()) {
                assertThat(handler.options())
                        .isEqualTo(clients()
                                .withIdleTimeout(Duration.ofSeconds(11))
                                .withMessageTimeout(Duration.ofSeconds(12))
                                .withHandshakeTimeout(Duration.ofSeconds(14)));
            }
        }
    }

    @Test
    void ofWhatHandlersConnectTo() throws Exception {
        try (Server server = described().loops(2).start()) {
            for (EventLoop loop : server.loops()) {
                ChannelOptions options = onLoop(loop, its -> {
                    Dispatcher client = new Dispatcher(its.map());
                    its.map().add(client);
                    its.map().remove(client);
                    return client.options();
                });
                assertThat(options).isEqualTo(clients());
            }
        }
    }

    /** With what the loop did meanwhile, as the watchdog looks at all loops. */
    @Test
    void ofLoops() throws Exception {
        Queue<SlowCallback> slow = new ConcurrentLinkedQueue<>();
        Server.Builder builder = described()
                .loops(2)
                .slowCallback(Duration.ofMillis(20))
                .listener(new LoopListener() {
                    @Override
                    public void onSlowCallback(SlowCallback report) {
                        slow.add(report);
                    }
                });
        try (Server server = builder.start()) {
            for (EventLoop loop : server.loops()) {
                slow.clear();
                Await.until("it is reported", () -> {
                    on(loop, ServerOptionsTest::takesItsTime);
                    on(loop, () -> {}); // behind the report
                    return slow.stream()
                            .flatMap(report -> report.stack().stream())
                            .anyMatch(frame -> frame.getMethodName().equals("takesItsTime"));
                });
            }
        }
    }

    /** Runs this there and waits for it. */
    private static void on(EventLoop loop, Runnable task) throws Exception {
        CompletableFuture.runAsync(task, loop::execute).get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** A machine that pauses at the wrong moment may not find it while it runs: it is tried again then. */
    private static void takesItsTime() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void limitsHaveBoundsThatTheMachineDecides() {
        assertThat(Limits.DEFAULTS.connections()).isEqualTo(Math.min(10_000, Descriptors.limit() / 2));
        assertThat(Limits.DEFAULTS.memory()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Whatever is a number or a time, but for what stands for the system's choice or an equal bound. */
    @Test
    void everyBoundIsFinite() throws Exception {
        for (Record group : List.of(Limits.DEFAULTS, Timeouts.DEFAULTS, WriteBuffer.DEFAULTS, ProxyProtocol.OFF)) {
            for (RecordComponent component : group.getClass().getRecordComponents()) {
                Object value = component.getAccessor().invoke(group);
                if (value instanceof Number number) {
                    assertThat(number.longValue()).as(component.getName()).isBetween(1L, Long.MAX_VALUE - 1);
                } else if (value instanceof Duration time) {
                    assertThat(time).as(component.getName()).isBetween(Duration.ofMillis(1), Duration.ofDays(1));
                }
            }
        }
    }
}

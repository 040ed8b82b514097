package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.LoopCounters;
import io.asyncore.LoopEvent;
import io.asyncore.descriptors.Await;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code maxConnections} and {@code idleTimeout}. */
class LimitsTest {

    private static final Duration A_WHILE = Duration.ofMillis(200);

    private final LoopCounters counters = new LoopCounters();

    private Server.Builder described() {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(EchoLines::new)
                .listener(counters);
    }

    @Test
    void whileItIsFullTheNextClientWaitsInTheKernelAndIsServedWhenOneLeaves() throws Exception {
        try (Server server = described().maxConnections(2).start();
                Client first = new Client(server.port());
                Client second = new Client(server.port())) {
            assertThat(first.ask("one")).isEqualTo("one");
            assertThat(second.ask("two")).isEqualTo("two");

            try (Client third = new Client(server.port())) {
                third.say("three");
                assertNotServed(third);
                assertThat(first.ask("still there")).isEqualTo("still there");
                assertThat(server.connections()).hasSize(2);

                first.leave();
                third.waitFor(Await.PATIENCE);
                assertThat(third.hear()).isEqualTo("three");
                assertThat(server.connections()).hasSize(2);
            }
        }
    }

    /** What limits it, does it the asyncore way. */
    @Test
    void aListenerThatIsFullIsNotReadable() throws Exception {
        try (Server server = described().maxConnections(1).start()) {
            Acceptor listener = (Acceptor) server.loop().map().channels().get(0);
            assertThat(listener.readable()).isTrue();
            try (Client client = new Client(server.port())) {
                assertThat(client.ask("one")).isEqualTo("one");
                assertThat(listener.readable()).isFalse();
            }
            Await.until("there is room again", listener::readable);
        }
    }

    /** Nor does the loop turn round and round over a client that it must not accept. */
    private void assertNotServed(Client client) throws Exception {
        long turns = counters.turns();
        long accepts = counters.count(LoopEvent.ACCEPT);
        client.waitFor(A_WHILE);
        assertThatThrownBy(client::hear).isInstanceOf(SocketTimeoutException.class);
        assertThat(counters.turns() - turns).as("turns").isLessThan(10);
        assertThat(counters.count(LoopEvent.ACCEPT) - accepts)
                .as("attempts to accept")
                .isZero();
    }

    @Test
    void allClientsAreServedInTheirTurnThroughOnePlace() throws Exception {
        int count = 50;
        try (Server server = described().maxConnections(1).start()) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Client client = new Client(server.port());
                client.say("client " + i);
                clients.add(client);
            }
            for (int i = 0; i < count; i++) {
                assertThat(clients.get(i).hear()).isEqualTo("client " + i);
                assertThat(server.connections()).hasSizeLessThanOrEqualTo(1);
                clients.get(i).leave();
            }
            Await.until("nobody is left", () -> server.connections().isEmpty());
            assertThat(counters.count(LoopEvent.CONNECT)).isEqualTo(count);
        }
    }

    @Test
    void whoGivesUpWhileWaitingHoldsUpNobody() throws Exception {
        try (Server server = described().maxConnections(1).start();
                Client first = new Client(server.port())) {
            assertThat(first.ask("one")).isEqualTo("one");
            for (int i = 0; i < 20; i++) {
                Client impatient = new Client(server.port());
                impatient.say("forget it");
                impatient.vanish();
            }
            try (Client last = new Client(server.port())) {
                last.say("patience");
                first.leave();
                assertThat(last.hear()).isEqualTo("patience");
            }
        }
    }

    /** A handler that ends its connection itself makes room, too. */
    @Test
    void aHandlerThatClosesMakesRoom() throws Exception {
        DispatcherFactory oneLineEach = () -> new EchoLines() {
            @Override
            protected void handleLine(String line) {
                close();
            }
        };
        try (Server server = described().handler(oneLineEach).maxConnections(1).start()) {
            for (int i = 0; i < 20; i++) {
                try (Client client = new Client(server.port())) {
                    assertThat(client.ask("go")).isNull();
                }
            }
        }
    }

    @Test
    void aClientThatSaysNothingIsClosedAfterTheIdleTimeout() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        long start = System.nanoTime();
        try (Server server = described()
                        .handler(() -> new EchoLines(events))
                        .idleTimeout(A_WHILE)
                        .start();
                Client client = new Client(server.port())) {
            assertThat(client.hear()).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(A_WHILE);
            assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("connect");
            assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("close " + CloseReason.IDLE_TIMEOUT);
            assertThat(counters.count(LoopEvent.TIMEOUT)).isEqualTo(1);
            Await.until("its place is free", () -> server.connections().isEmpty());
        }
    }

    @Test
    void theIdleTimeoutIsFiveMinutesUnlessSet() throws Exception {
        try (Server server = described().start();
                Client client = new Client(server.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThat(server.connections())
                    .singleElement()
                    .extracting(Dispatcher::options)
                    .extracting("idleTimeout")
                    .isEqualTo(Duration.ofMinutes(5));
        }
    }
}

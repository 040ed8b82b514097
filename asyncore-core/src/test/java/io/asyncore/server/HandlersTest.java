package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.OpenDescriptors;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a connection gets its handler, and what a factory or handler that fails costs: that connection. */
@ExtendWith(QuietAcceptor.class)
class HandlersTest {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private OpenDescriptors before;

    @BeforeEach
    void look() throws Exception {
        before = OpenDescriptors.now();
    }

    private static Server start(DispatcherFactory factory) throws Exception {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(factory)
                .start();
    }

    private String nextEvent() throws InterruptedException {
        return events.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** The first connection gets nothing; the one after it is served. */
    private void assertCostsOneConnection(DispatcherFactory factory) throws Exception {
        try (Server server = start(factory)) {
            try (Client unlucky = new Client(server.port())) {
                assertThat(unlucky.hear()).isNull();
            }
            Await.until("its place is free", () -> server.connections().isEmpty());
            try (Client next = new Client(server.port())) {
                assertThat(next.ask("hello")).isEqualTo("hello");
                assertThat(server.connections()).hasSize(1);
                assertThat(server.loop().map().size())
                        .as("the listener and one handler")
                        .isEqualTo(2);
            }
        }
        before.assertNothingLeft();
    }

    private static DispatcherFactory first(DispatcherFactory failing) {
        Iterator<DispatcherFactory> all =
                List.of(failing, (DispatcherFactory) EchoLines::new).iterator();
        return () -> all.next().create();
    }

    @Test
    void aFactoryThatThrows() throws Exception {
        assertCostsOneConnection(first(() -> {
            throw new Exception("expected by the test");
        }));
    }

    @Test
    void aFactoryThatFailsWithAnError() throws Exception {
        assertCostsOneConnection(first(() -> {
            throw new StackOverflowError("expected by the test");
        }));
    }

    @Test
    void aFactoryThatReturnsNull() throws Exception {
        assertCostsOneConnection(first(() -> null));
    }

    @Test
    void aHandlerThatThrowsWhenItIsConnected() throws Exception {
        assertCostsOneConnection(first(() -> new EchoLines() {
            @Override
            protected void handleConnect() throws Exception {
                throw new Exception("expected by the test");
            }
        }));
    }

    @Test
    void aHandlerThatIsClosedBeforeItIsConnected() throws Exception {
        assertCostsOneConnection(first(() -> {
            EchoLines closed = new EchoLines();
            closed.close();
            return closed;
        }));
    }

    /** The connection that has the handler keeps it. */
    @Test
    void aFactoryThatReturnsTheSameHandlerTwice() throws Exception {
        EchoLines only = new EchoLines(events);
        try (Server server = start(() -> only);
                Client first = new Client(server.port())) {
            assertThat(first.ask("one")).isEqualTo("one");
            try (Client second = new Client(server.port())) {
                assertThat(second.hear()).isNull();
            }
            assertThat(first.ask("two")).isEqualTo("two");
            assertThat(server.connections()).containsExactly(only);
            assertThat(server.loop().map().size()).isEqualTo(2);

            first.leave();
            assertThat(nextEvent()).isEqualTo("connect");
            assertThat(nextEvent()).isEqualTo("close " + CloseReason.PEER);
            Await.until("its place is free", () -> server.connections().isEmpty());
            try (Client late = new Client(server.port())) {
                assertThat(late.hear()).as("a used handler").isNull();
            }
        }
        before.assertNothingLeft();
    }

    @Test
    void handleConnectRunsOnTheLoopWithTheConnectionMade() throws Exception {
        DispatcherFactory greeting = () -> new EchoLines(events) {
            @Override
            protected void handleConnect() {
                events.add(isConnected() + " " + map().loop().inLoop() + " " + socket().isOpen());
                pushLine("welcome, " + (address() != null && address().equals(socket().remoteAddress())));
            }
        };
        try (Server server = start(greeting);
                Client client = new Client(server.port())) {
            assertThat(client.hear()).isEqualTo("welcome, true");
            assertThat(nextEvent()).isEqualTo("true true true");
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThat(events).as("handleConnect ran once").isEmpty();
        }
    }

    @Test
    void everyConnectionHasAHandlerOfItsOwnOldestFirst() throws Exception {
        try (Server server = start(EchoLines::new);
                Client one = new Client(server.port());
                Client two = new Client(server.port())) {
            assertThat(one.ask("1")).isEqualTo("1");
            assertThat(two.ask("2")).isEqualTo("2");
            List<Dispatcher> connections = server.connections();
            assertThat(connections).hasSize(2).doesNotHaveDuplicates();
            assertThat(connections.get(0).id()).isLessThan(connections.get(1).id());
        }
    }

    @Test
    void aHandlerThatFailsCostsItsConnectionAlone() throws Exception {
        DispatcherFactory failing = () -> new EchoLines(events) {
            @Override
            protected void handleLine(String line) throws Exception {
                if (line.equals("fail")) {
                    throw new AssertionError("expected by the test");
                }
                super.handleLine(line);
            }
        };
        try (Server server = start(failing);
                Client good = new Client(server.port());
                Client bad = new Client(server.port())) {
            assertThat(good.ask("hello")).isEqualTo("hello");
            assertThat(bad.ask("fail")).isNull();
            assertThat(good.ask("still there")).isEqualTo("still there");
            assertThat(List.of(nextEvent(), nextEvent(), nextEvent()))
                    .containsExactly("connect", "connect", "close " + CloseReason.ERROR);
        }
    }
}

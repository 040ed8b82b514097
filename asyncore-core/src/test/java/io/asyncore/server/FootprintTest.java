package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.chat.LineChat;
import io.asyncore.interop.Program;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a connection keeps in memory that has spoken once and is idle, its idle deadline armed: counted class by class. */
class FootprintTest {

    /** For what is made once. */
    private static final int FIRST = 25;

    /** With those, tables are as full as they are with 10,000 connections. */
    private static final int CONNECTIONS = 1225;

    /** All that there is for a connection, the JDK's objects included, which are about 670 bytes on JDK 17 and 686 on JDK 25. */
    private static final double MOST_BYTES = 900;

    /** 160 the handler, 24 its transport, the rest the slots that it has in three tables. */
    private static final double MOST_BYTES_OF_OURS = 206;

    private static final Pattern BUFFERS = Pattern.compile("\\[[BC]|java\\.nio\\..*Buffer.*|.*OutputQueue|.*Deque");

    private static Histogram echo = new Histogram(Map.of());
    private static Histogram lines = new Histogram(Map.of());

    static final class Echo extends DispatcherWithSend {
        @Override
        protected void handleRead() throws Exception {
            send(recv());
        }
    }

    static final class EchoesLines extends LineChat {
        @Override
        protected void handleLine(String line) {
            pushLine(line);
        }
    }

    @BeforeAll
    static void count(@TempDir Path anywhere) throws Exception {
        echo = keptByIdleConnections(Echo::new, anywhere);
        lines = keptByIdleConnections(EchoesLines::new, anywhere);
    }

    @Test
    void anIdleConnectionIsItsHandlerAndItsTransport() throws Exception {
        assumeTrue(Histogram.hasCompressedReferences(), "the sizes are those of compressed references");
        Histogram ours = echo.only(FootprintTest::isOurs);
        assertThat(ours.only((type, count) -> count.objects() >= CONNECTIONS / 10)
                        .counts())
                .containsOnlyKeys(Echo.class.getName(), "io.asyncore.transport.NioStream");
        assertThat(ours.bytesFor(CONNECTIONS))
                .as("bytes for each connection: %s", ours)
                .isLessThanOrEqualTo(MOST_BYTES_OF_OURS);
    }

    @Test
    void itKeepsNoMoreThanIsPromised() throws Exception {
        assumeTrue(Histogram.hasCompressedReferences(), "the sizes are those of compressed references");
        Histogram all = echo.only((type, count) -> count.objects() >= CONNECTIONS / 2 || isTable(type, count));
        assertThat(all.bytesFor(CONNECTIONS))
                .as("bytes for each connection: %s", all)
                .isBetween(MOST_BYTES / 2, MOST_BYTES);
    }

    @Test
    void aConnectionWithNothingPendingHoldsNoBuffer() {
        assertHoldsNoBuffer(echo);
        assertHoldsNoBuffer(lines);
    }

    private static void assertHoldsNoBuffer(Histogram kept) {
        assertThat(kept.counts())
                .hasEntrySatisfying(
                        "java.net.Inet4Address",
                        peers -> assertThat(peers.objects())
                                .isGreaterThanOrEqualTo(CONNECTIONS)); // it counts what there is
        kept.only((type, count) -> BUFFERS.matcher(type).matches()).counts().forEach((type, count) -> {
            assertThat(count.objects()).as("objects of %s", type).isLessThan(CONNECTIONS / 2);
            assertThat(count.bytes()).as("bytes of %s", type).isLessThan(CONNECTIONS * 64L);
        });
    }

    private static boolean isOurs(String type, Histogram.Count count) {
        return type.replaceFirst("^\\[L", "").startsWith("io.asyncore.");
    }

    /** Or else it is something that happened meanwhile, as a first line in the log. */
    private static boolean isTable(String type, Histogram.Count count) {
        return type.startsWith("[L") && count.bytes() >= CONNECTIONS;
    }

    /** What there is more of with so many connections. */
    private static Histogram keptByIdleConnections(DispatcherFactory factory, Path anywhere) throws Exception {
        try (Server server = Server.builder()
                        .address(InetAddress.getLoopbackAddress())
                        .handler(factory)
                        .start();
                Program clients = Program.java(anywhere, IdleClients.class.getName(), String.valueOf(server.port()))) {
            connect(clients, FIRST);
            assertThat(server.connections()).allSatisfy(FootprintTest::assertWatched);
            Histogram before = Histogram.steady();
            connect(clients, CONNECTIONS);
            return Histogram.since(before);
        }
    }

    private static void assertWatched(Dispatcher handler) {
        assertThat(handler.options().idleTimeout()).isNotNull();
    }

    private static void connect(Program clients, int more) throws Exception {
        clients.type(more + "\n");
        clients.awaitLine(Pattern.compile("^connected"));
    }
}

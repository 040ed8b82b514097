package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncore.ChannelOptions;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.chat.LineChat;
import io.asyncore.descriptors.Await;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** What a connection keeps in memory that has spoken once and is idle, its idle deadline armed: counted class by class. */
class FootprintTest {

    private static final int CONNECTIONS = 400;

    /** With compressed references: 160 the handler, 32 its transport, the rest the slots that it has in tables. */
    private static final int MOST_BYTES = 224;

    private static final byte[] HELLO = "hello\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    private static final Pattern BUFFERS = Pattern.compile("\\[[BCI]|java\\.nio\\..*Buffer.*|.*OutputQueue|.*Deque");

    private record Count(long objects, long bytes) {}

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

    @Test
    void anIdleConnectionIsItsHandlerAndItsTransport() throws Exception {
        assumeTrue(hasCompressedReferences(), "the sizes are those of compressed references");
        Map<String, Count> kept = keptByIdleConnections(Echo::new);
        Map<String, Count> ours = new HashMap<>();
        kept.forEach((type, count) -> {
            if (isOurs(type)) {
                ours.put(type, count);
            }
        });
        assertThat(ours.entrySet().stream()
                        .filter(entry -> entry.getValue().objects() >= CONNECTIONS / 10)
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(Echo.class.getName(), "io.asyncore.transport.NioStream");
        assertThat(ours.values().stream().mapToLong(Count::bytes).sum() / CONNECTIONS)
                .as("bytes for each connection: %s", ours)
                .isLessThanOrEqualTo(MOST_BYTES);
    }

    private static boolean isOurs(String type) {
        return type.replaceFirst("^\\[L", "").startsWith("io.asyncore.") && !type.contains("$Count");
    }

    @Test
    void aConnectionWithNothingPendingHoldsNoBuffer() throws Exception {
        assertHoldsNoBuffer(Echo::new);
        assertHoldsNoBuffer(EchoesLines::new);
    }

    private static void assertHoldsNoBuffer(DispatcherFactory factory) throws Exception {
        Map<String, Count> kept = keptByIdleConnections(factory);
        assertThat(kept)
                .hasEntrySatisfying(
                        "java.net.Inet4Address",
                        peers -> assertThat(peers.objects())
                                .isGreaterThanOrEqualTo(CONNECTIONS)); // it counts what there is
        kept.forEach((type, count) -> {
            if (BUFFERS.matcher(type).matches()) {
                assertThat(count.objects()).as("objects of %s", type).isLessThan(CONNECTIONS / 2);
                assertThat(count.bytes()).as("bytes of %s", type).isLessThan(CONNECTIONS * 64L);
            }
        });
    }

    /** What there is more of with so many connections. */
    private static Map<String, Count> keptByIdleConnections(DispatcherFactory factory) throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (Server server = Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(factory)
                .start()) {
            talk(server, clients, 20); // what is made once
            assertThat(server.connections()).allSatisfy(FootprintTest::assertWatched);
            Map<String, Count> before = histogram();
            before = histogram(); // the first one is counted in the second, and the second in the last
            talk(server, clients, CONNECTIONS);
            return growth(before, histogram());
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static void assertWatched(Dispatcher handler) {
        ChannelOptions options = handler.options();
        assertThat(options.idleTimeout()).isNotNull();
    }

    private static void talk(Server server, List<Socket> clients, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
            clients.add(client);
            client.setSoTimeout((int) Await.PATIENCE.toMillis());
            client.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        }
    }

    private static Map<String, Count> growth(Map<String, Count> before, Map<String, Count> after) {
        Map<String, Count> growth = new HashMap<>();
        after.forEach((type, now) -> {
            Count then = before.getOrDefault(type, new Count(0, 0));
            growth.put(type, new Count(now.objects() - then.objects(), now.bytes() - then.bytes()));
        });
        return growth;
    }

    /** Of what is still reachable: the JVM collects garbage before it counts. */
    private static Map<String, Count> histogram() throws Exception {
        String text = diagnose("gcClassHistogram");
        Map<String, Count> counts = new HashMap<>();
        for (String line : text.split("\n")) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                counts.put(row.group(3), new Count(Long.parseLong(row.group(1)), Long.parseLong(row.group(2))));
            }
        }
        return counts;
    }

    private static boolean hasCompressedReferences() throws Exception {
        return diagnose("vmFlags").contains("+UseCompressedOops");
    }

    private static String diagnose(String command) throws Exception {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        command,
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
    }
}

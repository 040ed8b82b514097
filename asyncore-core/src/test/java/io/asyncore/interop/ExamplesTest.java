package io.asyncore.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.DispatcherWithSend;
import io.asyncore.EventLoop;
import io.asyncore.LoopListener;
import io.asyncore.descriptors.Await;
import io.asyncore.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in {@code docs/examples.md} compile without a warning and do what the page says of them. */
class ExamplesTest {

    private static final int READ = 64 * 1024;
    private static final int MANY = 100_000_000;

    @TempDir
    private static Path classes;

    @BeforeAll
    static void compile() throws Exception {
        Map<String, String> programs = new Markdown(ProjectFiles.text(ProjectFiles.examples())).programs();
        assertThat(programs)
                .containsOnlyKeys(
                        "Proxy.java",
                        "Readings.java",
                        "Heartbeats.java",
                        "Reconnecting.java",
                        "UdpEcho.java",
                        "LineCount.java");
        for (Map.Entry<String, String> program : programs.entrySet()) {
            assertThat(Compilation.complaints(classes, program.getKey(), program.getValue()))
                    .isEmpty();
        }
    }

    @Test
    void theProxyIsAProgram() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Program proxy =
                        Program.java(classes, "Proxy", "0", "127.0.0.1", String.valueOf(target.getLocalPort()))) {
            String port = proxy.awaitLine(Pattern.compile("^listening on port (\\d+)$"))
                    .group(1);
            try (Socket client = new Socket("127.0.0.1", Integer.parseInt(port));
                    Socket server = target.accept()) {
                client.getOutputStream().write("question".getBytes(StandardCharsets.UTF_8));
                client.shutdownOutput();
                assertThat(server.getInputStream().readAllBytes()).asString().isEqualTo("question");
                server.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
                server.shutdownOutput();
                assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("answer");
            }
        }
    }

    /** A hundred megabytes for a reader that is slow to begin: the proxy holds little of it. */
    @Test
    void theProxyIsNoBuffer() throws Exception {
        AtomicInteger most = new AtomicInteger();
        LoopListener watching = new LoopListener() {
            @Override
            public void onTurn(EventLoop loop) {
                loop.map().channels().forEach(channel -> {
                    if (channel instanceof DispatcherWithSend queueing) {
                        most.accumulateAndGet(queueing.outBufferSize(), Math::max);
                    }
                });
            }
        };
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Constructor<? extends DispatcherWithSend> proxy = loader.loadClass("Proxy")
                    .asSubclass(DispatcherWithSend.class)
                    .getDeclaredConstructor(SocketAddress.class);
            proxy.setAccessible(true);
            try (Server server = Server.builder()
                            .handler(() -> proxy.newInstance(target.getLocalSocketAddress()))
                            .listener(watching)
                            .start();
                    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
                    Socket reader = target.accept()) {
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client));
                Await.until("too much waits", () -> most.get() > ChannelOptions.DEFAULTS.highWaterMark());
                assertThat(sending).isNotDone();
                assertThat(count(reader.getInputStream())).isEqualTo(MANY);
                sending.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(most.get()).isLessThanOrEqualTo(ChannelOptions.DEFAULTS.highWaterMark() + READ);
            }
        }
    }

    @Test
    void readingsAreAddedUp() throws Exception {
        try (Program readings = Program.java(classes, "Readings", "0")) {
            int port = Integer.parseInt(readings.awaitLine(Pattern.compile("^listening on port (\\d+)$"))
                    .group(1));
            try (Socket meter = new Socket(InetAddress.getLoopbackAddress(), port)) {
                meter.getOutputStream().write(reading(7, 30));
                meter.getOutputStream().write(reading(7, 12));
                assertThat(meter.getInputStream().readNBytes(14)).isEqualTo(reading(7, 30));
                assertThat(meter.getInputStream().readNBytes(14)).isEqualTo(reading(7, 42));
                meter.getOutputStream().write(new byte[] {0, 1});
                assertThat(meter.getInputStream().readAllBytes()).isEmpty();
            }
            try (Socket tooLong = new Socket(InetAddress.getLoopbackAddress(), port)) {
                tooLong.getOutputStream().write(new byte[] {1, 3});
                assertThat(tooLong.getInputStream().readAllBytes()).isEmpty();
            }
        }
    }

    @Test
    void whoIsSilentIsLeft() throws Exception {
        try (Program heartbeats = Program.java(classes, "Heartbeats", "0");
                Socket client = new Socket(InetAddress.getLoopbackAddress(), portOf(heartbeats))) {
            client.getOutputStream().write('\n');
            String heard = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(heard).matches("(ping\r\n)+bye\r\n");
        }
    }

    /** After a connection that ended, and after one that could not be made. */
    @Test
    void whoLosesItsServerConnectsAgain() throws Exception {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        int port = server.getLocalPort();
        try (Program client = Program.java(classes, "Reconnecting", "127.0.0.1", String.valueOf(port))) {
            for (String answer : new String[] {"one", "two"}) {
                isGreeted(server, answer);
                client.awaitLine(Pattern.compile("^heard " + answer + "$"));
                client.awaitLine(Pattern.compile("^closed: PEER$"));
            }
            server.close();
            client.awaitLine(Pattern.compile("^closed: CONNECT_FAILED$"));
            server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
            isGreeted(server, "three");
            client.awaitLine(Pattern.compile("^heard three$"));
        } finally {
            server.close();
        }
    }

    private static void isGreeted(ServerSocket server, String answer) throws IOException {
        server.setSoTimeout((int) Await.PATIENCE.toMillis());
        try (Socket client = server.accept()) {
            assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("hello\r\n");
            client.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aServerThatHasNoAddressIsTriedAgain() throws Exception {
        try (Program client = Program.java(classes, "Reconnecting", "no.such.host.invalid", "1")) {
            client.awaitLine(Pattern.compile("^failed: .*no.such.host.invalid.*"));
            client.awaitLine(Pattern.compile("^failed: .*no.such.host.invalid.*"));
        }
    }

    @Test
    void datagramsComeBack() throws Exception {
        try (Program echo = Program.java(classes, "UdpEcho", "0");
                DatagramSocket client = new DatagramSocket()) {
            client.connect(InetAddress.getByName("127.0.0.1"), portOf(echo));
            client.setSoTimeout((int) Await.PATIENCE.toMillis());
            client.send(new DatagramPacket(new byte[] {1, 2, 3}, 3));
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            client.receive(answer);
            assertThat(Arrays.copyOf(answer.getData(), answer.getLength())).containsExactly(1, 2, 3);
        }
    }

    @Test
    void linesOfFilesAreCounted(@TempDir Path directory) throws Exception {
        String three =
                Files.writeString(directory.resolve("three"), "1\n2\n3\n").toString();
        String many = Files.writeString(directory.resolve("many"), "line\n".repeat(100_000))
                .toString();
        try (Program count = Program.java(classes, "LineCount", three, many)) {
            assertThat(count.awaitEnd()).contains(three + ": 3", many + ": 100000");
        }
    }

    private static int portOf(Program server) throws InterruptedException {
        return Integer.parseInt(
                server.awaitLine(Pattern.compile("^listening on port (\\d+)$")).group(1));
    }

    private static byte[] reading(int meter, long shows) {
        return ByteBuffer.allocate(14)
                .putShort((short) 14)
                .putInt(meter)
                .putLong(shows)
                .array();
    }

    private static void send(Socket to) {
        byte[] piece = new byte[100_000];
        Arrays.fill(piece, (byte) 'x');
        try {
            for (int sent = 0; sent < MANY; sent += piece.length) {
                to.getOutputStream().write(piece);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int count(InputStream input) throws IOException {
        byte[] piece = new byte[READ];
        int count = 0;
        for (int read = input.read(piece); read >= 0; read = input.read(piece)) {
            count += read;
        }
        return count;
    }
}

package io.asyncore.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.interop.Program;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a server that has more clients than descriptors: the listener pauses instead of burning a processor,
 * says so at most once a second, and goes on by itself when descriptors come back. Python closes the listener. A handler
 * that connects is told.
 */
class OutOfDescriptorsTest {

    private static final Path SHELL = Path.of("/bin/sh");
    private static final int LIMIT = 128;
    private static final int CLIENTS = 160;
    private static final int LEAVING = 120;

    private static final Pattern LISTENS = Pattern.compile("process (\\d+) listens on port (\\d+)");

    /** The log's first column is the time in milliseconds. */
    private static final Pattern COMPLAINT =
            Pattern.compile("^(\\d+) ERROR .*Acceptor.*Too many open files: .*ulimit -n");

    private final List<Client> clients = new ArrayList<>();
    private Program program;
    private ProcessHandle process;
    private int port;

    private static final class Client {
        final Socket socket;
        final BufferedReader input;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        String ask(String line) throws IOException {
            say(line);
            return input.readLine();
        }
    }

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(SHELL), "skipped: no " + SHELL + " here to set a limit with ulimit -n");
        program = Program.start(List.of(
                SHELL.toString(),
                "-c",
                "ulimit -n " + LIMIT + " && LC_ALL=C exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                absolute(System.getProperty("java.class.path")),
                FewDescriptors.class.getName()));
        program.awaitLine(Pattern.compile("by default " + LIMIT / 2 + " connections"));
        Matcher started = program.awaitLine(LISTENS);
        process = ProcessHandle.of(Long.parseLong(started.group(1))).orElseThrow();
        port = Integer.parseInt(started.group(2));
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                List.of(classPath.split(File.pathSeparator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    @AfterEach
    void end() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
        if (program != null) {
            program.close();
        }
    }

    private void connect(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            clients.add(new Client(port));
        }
    }

    private long complaint() throws InterruptedException {
        return Long.parseLong(program.awaitLine(COMPLAINT).group(1));
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow(() -> new AssertionError("no processor time shown"));
    }

    /** The handler is told, keeps its own connection, and nothing is left of the attempt. */
    @Test
    void aHandlerThatConnectsOutwardIsTold() throws Exception {
        try (ServerSocket callee = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String call = "call " + callee.getLocalPort();
            connect(1);
            Client first = clients.get(0);
            assertThat(first.ask(call)).isEqualTo("connected");

            connect(CLIENTS);
            complaint();
            String[] told = {""};
            Await.until("none is left, not even a moment later, and an attempt leaves no channel", () -> {
                String before = told[0];
                told[0] = first.ask(call);
                return told[0].equals(before) && before.startsWith("Too many");
            });
            assertThat(told[0]).matches("Too many open files, \\d+ channels");

            recover();
            assertThat(first.ask(call)).isEqualTo("connected");
        }
    }

    @Test
    void theListenerPausesComplainsOnceASecondAndRecoversByItself() throws Exception {
        connect(CLIENTS);
        Client first = clients.get(0);
        assertThat(first.ask("hello")).isEqualTo("hello");

        long firstComplaint = complaint();
        long turns = Long.parseLong(first.ask("turns"));
        Duration before = processorTime();
        long second = complaint();
        long third = complaint();
        assertThat(second - firstComplaint).as("ms between complaints").isGreaterThanOrEqualTo(990);
        assertThat(third - second).as("ms between complaints").isGreaterThanOrEqualTo(990);
        Duration elapsed = Duration.ofMillis(third - firstComplaint);
        assertThat(processorTime().minus(before)).as("processor time").isLessThan(elapsed.dividedBy(2));
        assertThat(Long.parseLong(first.ask("turns")) - turns).as("turns").isLessThan(50);

        recover();
    }

    private void recover() throws IOException {
        for (Client leaving : clients.subList(1, 1 + LEAVING)) {
            leaving.socket.close();
        }
        clients.subList(1, 1 + LEAVING).clear();
        connect(1);
        for (Client client : clients) {
            client.say("still there");
        }
        for (Client client : clients) {
            assertThat(client.input.readLine()).isEqualTo("still there");
        }
    }
}

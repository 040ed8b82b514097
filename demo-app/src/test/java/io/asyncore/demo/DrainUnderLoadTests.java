package io.asyncore.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo application in a process of its own, terminated while a thousand clients talk to it. */
@Timeout(120)
class DrainUnderLoadTests {

    private static final Pattern STARTED = Pattern.compile("Asyncore started on port (\\d+) \\(tcp\\)");
    private static final int CLIENTS = 1000;

    @TempDir
    private Path directory;

    private @Nullable Process process;

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /**
     * Whatever had reached the server before the signal is answered, each answer is whole, and every connection ends in good
     * order; nobody new is let in, while a client that is slow to read its answer still gets all of it.
     */
    @Test
    void finishesWhatWasAskedAndLetsNobodyIn() throws Exception {
        Process application = start();
        int port = port();
        try (Conversations conversations = new Conversations();
                SlowReader slow = new SlowReader(port)) {
            conversations.begin(port, CLIENTS);
            conversations.awaitAnswers(3 * CLIENTS);
            slow.ask();
            conversations.areOwedWhatTheyHaveAsked();
            application.destroy();
            Waiting.until(() -> isRefused(port));
            conversations.awaitEnd();
            assertThat(conversations.outcomes()).hasSize(CLIENTS).containsOnly("in good order");
            assertThat(application.isAlive()).as("waits for the slow one").isTrue();
            assertThat(isRefused(port)).as("still lets nobody in").isTrue();
            slow.readsAllAndThenTheEnd();
        }
        assertThat(application.waitFor(10, TimeUnit.SECONDS)).as("has ended").isTrue();
        assertThat(application.exitValue()).as("terminated by SIGTERM").isEqualTo(143);
        assertThat(output()).contains("Commencing graceful shutdown", "Graceful shutdown complete");
    }

    private static boolean isRefused(int port) {
        try (SocketChannel client = SocketChannel.open()) {
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DemoApplication.class.getName(),
                        "--server.port=0",
                        "--asyncore.server.port=0",
                        "--asyncore.server.socket.send-buffer=4KB",
                        "--asyncore.servers.chat.port=0")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        process = started;
        return started;
    }

    private int port() {
        Waiting.until(() -> STARTED.matcher(output()).find());
        Matcher started = STARTED.matcher(output());
        assertThat(started.find()).isTrue();
        return Integer.parseInt(started.group(1));
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for more than all buffers between take, yet less than makes the server stop reading, and reads when told to. */
    private static final class SlowReader implements AutoCloseable {

        private static final int BYTES = 60_000;

        private final SocketChannel channel = SocketChannel.open();

        SlowReader(int port) throws IOException {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }

        void ask() throws IOException {
            ByteBuffer question = ByteBuffer.allocate(BYTES);
            while (question.hasRemaining()) {
                channel.write(question);
            }
        }

        void readsAllAndThenTheEnd() throws IOException {
            int count = 0;
            ByteBuffer buffer = ByteBuffer.allocate(BYTES);
            for (int read = 0; read >= 0; read = channel.read(buffer.clear())) {
                count += read;
            }
            assertThat(count).isEqualTo(BYTES);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

package io.asyncore.stopped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncore.interop.Program;
import io.asyncore.tls.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that was stopped for longer than its deadlines are: whoever did his part meanwhile is not timed out. */
@Timeout(90)
class StoppedProcessTest {

    private static final Pattern STARTED = Pattern.compile("^process (\\d+) listens on port (\\d+)$");
    private static final int STOPPED_SECONDS = 3;
    private static final Identity SELF = Identity.localhost();

    /** A blocking client that speaks lines. */
    private static final class Client implements AutoCloseable {
        final Socket socket = new Socket();
        final BufferedReader input;

        Client(int port) throws IOException {
            socket.setReceiveBufferSize(64 * 1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(20_000);
            input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void askForTls() throws IOException {
            say("tls\n");
            assertThat(input.readLine()).isEqualTo("go ahead");
        }

        /** Says hello to a server that expects it, and waits for the rest on another thread. */
        Future<SSLSocket> secure() {
            CompletableFuture<SSLSocket> done = new CompletableFuture<>();
            Thread thread = new Thread(() -> done.completeAsync(this::shakeHands, Runnable::run), "handshake");
            thread.setDaemon(true);
            thread.start();
            return done;
        }

        private SSLSocket shakeHands() {
            try {
                SSLSocket secure = (SSLSocket) Identity.trustingContext(SELF)
                        .getSocketFactory()
                        .createSocket(socket, "localhost", socket.getPort(), true);
                secure.startHandshake();
                return secure;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void nobodyIsTimedOut(@TempDir Path anywhere) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "needs /bin/kill to stop a process");
        try (Program server = Program.java(
                anywhere, ShortOfTime.class.getName(), SELF.keyStore().toString())) {
            Matcher started = server.awaitLine(STARTED);
            String process = started.group(1);
            int port = Integer.parseInt(started.group(2));
            try (Client first = new Client(port)) { // both sides have done it once
                first.say("take your time\n");
                first.askForTls();
                first.secure().get(60, TimeUnit.SECONDS);
            }
            try (Client idle = new Client(port);
                    Client slow = new Client(port);
                    Client hasty = new Client(port);
                    Client reader = new Client(port)) {
                idle.say("hello\n");
                assertThat(idle.input.readLine()).isEqualTo("hello");
                slow.say("half a ");
                reader.say("fill\n");
                assertThat(reader.input.read()).isEqualTo('x');
                idle.say("again\n");
                assertThat(idle.input.readLine()).isEqualTo("again");

                hasty.askForTls();

                kill("-STOP", process);
                Future<SSLSocket> secured = hasty.secure();
                idle.say("still here\n");
                slow.say("line\n");
                long taken = reader.input.skip(60_000); // what the kernel has
                new CountDownLatch(1).await(STOPPED_SECONDS, TimeUnit.SECONDS);
                kill("-CONT", process);

                assertThat(idle.input.readLine()).isEqualTo("still here");
                assertThat(slow.input.readLine()).isEqualTo("half a line");
                assertThat(secured.get(20, TimeUnit.SECONDS).getSession().isValid())
                        .isTrue();
                String rest = reader.input.readLine();
                assertThat(1 + taken + rest.length()).isEqualTo(ShortOfTime.FILL);

                // the deadlines still work, and nothing was said of one before
                Matcher first = server.awaitLine(Pattern.compile("^deadline (.*)$"));
                assertThat(first.group(1)).isEqualTo("IDLE");
            }
        }
    }

    private static void kill(String signal, String process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/kill", signal, process)
                .redirectErrorStream(true)
                .start();
        assertThat(kill.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}

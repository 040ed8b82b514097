package io.asyncore.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.Dispatcher;
import io.asyncore.chat.LineChat;
import io.asyncore.server.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test client against a real server. */
class AsyncoreTestClientTest {

    private static final class Parrot extends LineChat {
        @Override
        protected void handleLine(String line) {
            switch (line) {
                case "bye" -> closeWhenDone();
                case "abort" -> abort();
                case "hush" -> log("says nothing");
                default -> pushLine(line);
            }
        }

        @Override
        protected void handleEof() {
            pushLine("you have ended");
            closeWhenDone();
        }
    }

    private Server server;
    private AsyncoreTestClient client;

    @BeforeEach
    void start() throws IOException {
        server = Server.builder().handler(Parrot::new).start();
        client = AsyncoreTestClient.connect(server.port());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void linesAndBytes() {
        client.sendLine("grüß Gott");
        client.expectLine("grüß Gott");
        client.send("a\nb");
        client.send("\r\n");
        client.expect("a\r\nb\r\n");
        client.sendLine("12345");
        assertThat(client.readBytes(3)).containsExactly('1', '2', '3');
        client.expect((byte) '4', (byte) '5');
        assertThat(client.readLine()).isEmpty();
    }

    @Test
    void knowsBothEnds() {
        client.sendLine("here");
        client.expectLine("here");
        assertThat(client.server())
                .extracting(at -> ((InetSocketAddress) at).getPort())
                .isEqualTo(server.port());
        assertThat(server.connections()).extracting(Dispatcher::address).containsExactly(client.address());
    }

    @Test
    void ends() {
        client.shutdownOutput();
        client.expectLine("you have ended");
        client.expectEnd();
    }

    @Test
    void anotherLine() {
        client.sendLine("tea");
        assertThatThrownBy(() -> client.expectLine("coffee"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected the line \"coffee\"")
                .hasMessageContaining("got \"tea\"");
    }

    @Test
    void otherBytes() {
        client.sendLine("tea");
        assertThatThrownBy(() -> client.expect((byte) 't', (byte) 'e', (byte) 0))
                .hasMessageContaining("expected \"te\\x00\"")
                .hasMessageContaining("got \"tea\"");
    }

    @Test
    void nothingComes() {
        client.timeout(Duration.ofMillis(50)).sendLine("hush");
        assertThatThrownBy(client::readLine)
                .hasMessageContaining("expected a line")
                .hasMessageContaining("nothing came within 50 ms");
        client.send("tea\n");
        assertThatThrownBy(() -> client.readBytes(10))
                .hasMessageContaining("nothing more came within 50 ms after \"tea\\r\\n\"");
        assertThatThrownBy(client::expectEnd).hasMessageContaining("to close: it did not within 50 ms");
    }

    @Test
    void anEndTooEarlyAndOneTooLate() {
        client.sendLine("tea");
        assertThatThrownBy(client::expectEnd).hasMessageContaining("to close, but got \"tea\\r\\n\"");
        client.sendLine("bye");
        assertThatThrownBy(client::readLine).hasMessageContaining("has closed");
    }

    @Test
    void aReset() {
        client.sendLine("abort");
        assertThatThrownBy(client::expectEnd).hasMessageContaining("to close: ").hasMessageContaining("reset");
        try (AsyncoreTestClient another = AsyncoreTestClient.connect(server.port())) {
            another.sendLine("abort");
            another.expectReset();
        }
    }

    @Test
    void noReset() {
        assertThatThrownBy(() -> client.timeout(Duration.ofMillis(50)).expectReset())
                .hasMessageContaining("to reset the connection: it did not within 50 ms");
        client.timeout(Duration.ofSeconds(10)).sendLine("tea");
        assertThatThrownBy(client::expectReset).hasMessageContaining("reset the connection, but got \"tea\\r\\n\"");
        client.sendLine("bye");
        assertThatThrownBy(client::expectReset).hasMessageContaining("but it closed in good order");
    }

    @Test
    void bytesThatAreNoText() {
        client.send((byte) 0, (byte) 0xFF, (byte) '\n');
        assertThatThrownBy(() -> client.expectLine("ok"))
                .hasMessageStartingWith("expected the line \"ok\" from ")
                .hasMessageContaining("got \"\\x00");
    }

    @Test
    void aServerThatTakesNothing() throws IOException {
        try (ServerSocketChannel deaf = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
                AsyncoreTestClient speaker =
                        AsyncoreTestClient.connect(deaf.getLocalAddress()).timeout(Duration.ofMillis(100))) {
            assertThatThrownBy(() -> speaker.send(new byte[64 * 1024 * 1024]))
                    .hasMessageStartingWith("cannot send \"\\x00")
                    .hasMessageContaining("(67108864 bytes)")
                    .hasMessageContaining("it did not take the last ")
                    .hasMessageContaining(" bytes within 100 ms");
        }
    }

    @Test
    void aUnixDomainSocket(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("parrot");
        try (Server local = Server.builder().path(path).handler(Parrot::new).start();
                AsyncoreTestClient member = AsyncoreTestClient.connect(path)) {
            member.sendLine("tea");
            member.expectLine("tea");
            member.shutdownOutput();
            member.expectLine("you have ended");
            member.expectEnd();
            assertThatThrownBy(member::readLine).hasMessageContaining(path + " has closed");
            assertThat(local.isRunning()).isTrue();
        }
        assertThatThrownBy(() -> AsyncoreTestClient.connect(path)).hasMessageContaining("cannot connect to " + path);
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(client::readLine).hasMessageContaining("expected a line from ");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nobodyListens() {
        int port = server.port();
        server.close();
        assertThatThrownBy(() -> AsyncoreTestClient.connect(port))
                .hasMessageContaining("cannot connect to ")
                .hasMessageContaining("refused");
        SocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", port);
        assertThatThrownBy(() -> AsyncoreTestClient.connect(nowhere)).hasMessageContaining("there is no such host");
    }

    @Test
    void closedMeansClosed() {
        client.close();
        client.close();
        assertThatThrownBy(() -> client.sendLine("tea")).hasMessageContaining("ClosedChannelException");
        assertThatThrownBy(client::readLine).hasMessageContaining("ClosedChannelException");
    }

    @Test
    void aTimeOutOfNothing() {
        assertThatThrownBy(() -> client.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(client::session)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("startTls");
    }
}

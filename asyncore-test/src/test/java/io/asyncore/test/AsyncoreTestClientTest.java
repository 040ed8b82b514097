package io.asyncore.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.chat.LineChat;
import io.asyncore.server.Server;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
        client.expectBytes((byte) '4', (byte) '5');
        assertThat(client.readLine()).isEmpty();
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
        assertThatThrownBy(() -> client.expectBytes((byte) 't', (byte) 'e', (byte) 0))
                .hasMessageContaining("expected \"te\\x00\"")
                .hasMessageContaining("got \"tea\"");
    }

    @Test
    void nothingComes() {
        client.timeout(Duration.ofMillis(50)).sendLine("hush");
        assertThatThrownBy(client::readLine)
                .hasMessageContaining("expected a line")
                .hasMessageContaining("nothing more came within 50 ms");
        client.send("tea\n");
        assertThatThrownBy(() -> client.readBytes(10)).hasMessageContaining("after \"tea\\r\\n\"");
        assertThatThrownBy(client::expectEnd).hasMessageContaining("to close: nothing more came");
    }

    @Test
    void anEndTooEarlyAndOneTooLate() {
        client.sendLine("tea");
        assertThatThrownBy(client::expectEnd).hasMessageContaining("to close, but got \"t\"");
        client.expect("ea\r\n");
        client.sendLine("bye");
        assertThatThrownBy(client::readLine).hasMessageContaining("has closed");
    }

    @Test
    void aReset() {
        client.sendLine("abort");
        assertThatThrownBy(client::expectEnd).hasMessageContaining("to close: ").hasMessageContaining("reset");
    }

    @Test
    void nobodyListens() {
        int port = server.port();
        server.close();
        assertThatThrownBy(() -> AsyncoreTestClient.connect(port)).hasMessageContaining("cannot connect to");
    }
}

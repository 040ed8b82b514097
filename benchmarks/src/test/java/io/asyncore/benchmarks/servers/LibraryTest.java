package io.asyncore.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncore.server.Server;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LibraryTest {

    static Stream<Arguments> everyServer() {
        return Arrays.stream(Library.values())
                .flatMap(library -> Arrays.stream(Protocol.values()).map(protocol -> Arguments.of(library, protocol)));
    }

    @ParameterizedTest
    @MethodSource("everyServer")
    void answersMessagesHoweverTheyArrive(Library library, Protocol protocol) throws Exception {
        assumeTrue(library.speaks(protocol), () -> library + " does not speak " + protocol);
        assumeTrue(library.isAvailable(), () -> library + " is not available on this machine");
        byte[] messages = messages(protocol, 40, 64, 40, 5000);
        try (RunningServer server = library.start(protocol, 0);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.setSoTimeout(10_000);
            client.setTcpNoDelay(true);
            client.getOutputStream().write(messages);
            assertThat(client.getInputStream().readNBytes(messages.length)).isEqualTo(messages);
            for (byte part : Arrays.copyOf(messages, 40 + 64)) {
                client.getOutputStream().write(part);
            }
            assertThat(client.getInputStream().readNBytes(40 + 64)).isEqualTo(Arrays.copyOf(messages, 40 + 64));
        }
    }

    private static byte[] messages(Protocol protocol, int... sizes) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(sizes).sum());
        for (int size : sizes) {
            protocol.append(all, size, all.position());
        }
        return all.array();
    }

    @Test
    void namesWhatThereIs() {
        assertThat(Library.named("netty-epoll")).isSameAs(Library.NETTY_EPOLL);
        assertThatThrownBy(() -> Library.named("mina"))
                .hasMessageContaining("mina")
                .hasMessageContaining("vertx");
        assertThat(Protocol.named("LINE")).isSameAs(Protocol.LINE);
        assertThatThrownBy(() -> Protocol.named("http"))
                .hasMessageContaining("http")
                .hasMessageContaining("prefixed");
    }

    @Test
    void serveSaysHowItIsCalled() {
        assertThatThrownBy(() -> Serve.run(List.of("echo")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("serve <echo|line|frames|prefixed|broadcast> <port> [--loops <n>]");
        assertThatThrownBy(() -> Serve.start(List.of("echo", "0", "--legs", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--busy-poll");
    }

    @Test
    void servesOnAsManyLoopsAsItIsTold() throws Exception {
        try (Server server = Serve.start(List.of("echo", "0", "--loops", "2", "--busy-poll", "5", "--timers", "3"))) {
            assertThat(server.loops()).hasSize(2);
        }
    }
}

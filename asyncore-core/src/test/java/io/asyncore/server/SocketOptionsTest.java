package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.Dispatcher;
import io.asyncore.descriptors.Await;
import io.asyncore.transport.Transport;
import java.net.InetAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the sockets of accepted connections are really set to, as the kernel says. */
@Timeout(60)
class SocketOptionsTest {

    private static Server start(SocketOptions options) throws Exception {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(EchoLines::new)
                .socket(options)
                .start();
    }

    /** On the thread of the loop, as everything that is done with a transport. */
    private static <T> T valueOf(SocketOption<T> option, Dispatcher channel) throws Exception {
        CompletableFuture<T> value = new CompletableFuture<>();
        channel.map().loop().execute(() -> {
            try {
                Transport socket = channel.socket();
                value.complete(socket.getOption(option));
            } catch (Exception e) {
                value.completeExceptionally(e);
            }
        });
        return value.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static <T> T accepted(Server server, SocketOption<T> option) throws Exception {
        try (Client client = new Client(server.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            return valueOf(option, server.connections().get(0));
        }
    }

    private static <T> T accepted(SocketOptions options, SocketOption<T> option) throws Exception {
        try (Server server = start(options)) {
            return accepted(server, option);
        }
    }

    @Test
    void smallWritesGoOutAtOnceUnlessToldOtherwise() throws Exception {
        SocketOptions defaults = SocketOptions.DEFAULTS;
        assertThat(accepted(defaults, StandardSocketOptions.TCP_NODELAY)).isTrue();
        assertThat(accepted(defaults.withNoDelay(false), StandardSocketOptions.TCP_NODELAY))
                .isFalse();
    }

    @Test
    void silentPeersAreLookedForUnlessToldOtherwise() throws Exception {
        SocketOptions defaults = SocketOptions.DEFAULTS;
        assertThat(accepted(defaults, StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        assertThat(accepted(defaults.withKeepAlive(null), StandardSocketOptions.SO_KEEPALIVE))
                .isFalse();
    }

    @Test
    void afterFiveMinutesUnlessToldOtherwise() throws Exception {
        try (Server server = start(SocketOptions.DEFAULTS)) {
            assertThat(accepted(server, ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(300);
        }
        try (Server server = start(SocketOptions.DEFAULTS.withKeepAlive(Duration.ofSeconds(77)))) {
            assertThat(accepted(server, ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(77);
        }
    }

    /** Linux says twice of what it was told; other systems have other ways. */
    @Test
    void buffersAreThoseOfTheSystemUnlessTold() throws Exception {
        int size = 20_000;
        SocketOptions small = SocketOptions.DEFAULTS.withBuffers(size, size);
        try (Server usual = start(SocketOptions.DEFAULTS);
                Server server = start(small)) {
            for (SocketOption<Integer> buffer :
                    List.of(StandardSocketOptions.SO_RCVBUF, StandardSocketOptions.SO_SNDBUF)) {
                assertThat(accepted(server, buffer)).isBetween(size, 4 * size).isNotEqualTo(accepted(usual, buffer));
            }
        }
    }

    @Test
    void aCloseDoesNotLingerUnlessTold() throws Exception {
        assertThat(accepted(SocketOptions.DEFAULTS, StandardSocketOptions.SO_LINGER))
                .isNegative();
        assertThat(accepted(SocketOptions.DEFAULTS.withLinger(Duration.ofSeconds(3)), StandardSocketOptions.SO_LINGER))
                .isEqualTo(3);
    }

    /** What a kind of socket does not have is left out. */
    @Test
    void unixSockets(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("door");
        SocketOptions options =
                SocketOptions.DEFAULTS.withBuffers(30_000, 20_000).withLinger(Duration.ofSeconds(1));
        try (Server server = Server.builder()
                        .path(path)
                        .handler(EchoLines::new)
                        .socket(options)
                        .start();
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(client.isConnected()).isTrue();
            Await.until("it is served", () -> server.connectionCount() == 1);
            assertThat(valueOf(
                            StandardSocketOptions.SO_SNDBUF,
                            server.connections().get(0)))
                    .isBetween(20_000, 80_000);
        }
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketOptions.DEFAULTS.withBuffers(0, null))
                .withMessageContaining("socket.receiveBuffer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketOptions.DEFAULTS.withBuffers(null, 0))
                .withMessageContaining("socket.sendBuffer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketOptions.DEFAULTS.withLinger(Duration.ofSeconds(-1)))
                .withMessageContaining("socket.linger");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketOptions.DEFAULTS.withLinger(Duration.ofMillis(500)))
                .withMessage(
                        "socket.linger must be whole seconds, such as 1s, or 0 for a close that resets the connection,"
                                + " but is PT0.5S");
        assertThat(SocketOptions.DEFAULTS.withLinger(Duration.ZERO).linger()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketOptions.DEFAULTS.withKeepAlive(Duration.ofMillis(999)))
                .withMessageContaining("socket.keepAliveIdle");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketOptions.DEFAULTS.withKeepAlive(Duration.ofMillis(1500)))
                .withMessage("socket.keepAliveIdle must be whole seconds, such as 300s, but is PT1.5S");
    }
}

package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** A port on which there are still connections of an earlier server. */
class ReuseAddressTest {

    private static Server start(int port, boolean reuse) throws IOException {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .socket(SocketOptions.DEFAULTS.withReuseAddress(reuse))
                .handler(EchoLines::new)
                .start();
    }

    /** One that is open for as long as the test wants: how long the kernel remembers a closed one is up to the kernel. */
    @Test
    void isTakenOverUnlessToldOtherwise() throws Exception {
        try (ServerSocket earlier = new ServerSocket()) {
            earlier.setReuseAddress(true);
            earlier.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = earlier.getLocalPort();
            try (Client client = new Client(port);
                    Socket connection = earlier.accept()) {
                assertThat(connection.isConnected()).isTrue();
                endListening(earlier);
                assertThatThrownBy(() -> start(port, false).close())
                        .isInstanceOf(BindException.class)
                        .hasMessageContaining(String.valueOf(port));
                start(port, true).close();
                client.leave();
            }
        }
    }

    private static void endListening(ServerSocket socket) throws IOException {
        socket.close();
    }

    @Test
    void aFreePortIsHadEitherWay() throws Exception {
        try (Server server = start(0, false);
                Client client = new Client(server.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThatThrownBy(() -> start(server.port(), false).close()).isInstanceOf(BindException.class);
            assertThatThrownBy(() -> start(server.port(), true).close()).isInstanceOf(BindException.class);
        }
    }
}

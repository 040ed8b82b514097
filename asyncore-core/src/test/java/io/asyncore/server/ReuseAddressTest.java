package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** A port on which connections of an earlier server linger in the kernel (TIME_WAIT). */
class ReuseAddressTest {

    private static Server start(int port, boolean reuse) throws IOException {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .socket(SocketOptions.DEFAULTS.withReuseAddress(reuse))
                .handler(EchoLines::new)
                .start();
    }

    /** The side that ends a connection first is the one where it lingers. */
    private static int portWhereAConnectionLingers() throws IOException {
        Server server = start(0, true);
        try (Client client = new Client(server.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            server.close();
            assertThat(client.hear()).isNull();
            return server.port();
        }
    }

    @Test
    void isTakenOverUnlessToldOtherwise() throws Exception {
        int port = portWhereAConnectionLingers();
        assertThatThrownBy(() -> start(port, false).close())
                .isInstanceOf(BindException.class)
                .hasMessageContaining(String.valueOf(port));
        start(port, true).close();
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

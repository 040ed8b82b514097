package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that is started again on its port, as at every deployment, while clients are connected. */
class RestartTest {

    private static final int RESTARTS = 50;

    private final List<Client> clients = new ArrayList<>();

    private static Server start(int port) throws IOException {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .handler(EchoLines::new)
                .start();
    }

    private void connect(int port) throws IOException {
        for (int i = 0; i < 3; i++) {
            Client client = new Client(port);
            clients.add(client);
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
    }

    /** The clients of all earlier servers hang up only at the end. */
    @Test
    void thePortIsFreeAtOnceEachTime() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        Server server = start(0);
        int port = server.port();
        for (int i = 0; i < RESTARTS; i++) {
            connect(port);
            server.close();
            server = start(port);
        }
        server.close();
        for (Client client : clients) {
            assertThat(client.hear()).isNull();
            client.close();
        }
        before.assertNothingLeft();
    }
}

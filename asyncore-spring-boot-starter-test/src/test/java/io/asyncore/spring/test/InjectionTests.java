package io.asyncore.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.spring.AsyncoreServers;
import io.asyncore.test.AsyncoreTestClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

/** What a test of an application gets. */
@SpringBootTest(classes = Application.class)
class InjectionTests {

    @LocalAsyncorePort
    private int port;

    @Autowired
    private AsyncoreTestClients clients;

    @Autowired
    private AsyncoreServers servers;

    @BeforeAll
    static void take() {
        TakenPort.take();
    }

    @Test
    void thePortIsInjected(
            @LocalAsyncorePort int parameter, @Value("${local.asyncore.servers.chat.port}") int chatPort) {
        assertThat(port).isEqualTo(parameter).isEqualTo(servers.get("default").port());
        assertThat(chatPort).isEqualTo(servers.get("chat").port()).isNotEqualTo(port);
        try (AsyncoreTestClient client = AsyncoreTestClient.connect(port)) {
            client.sendLine("hello");
            client.expectLine("hello");
        }
    }

    @Test
    void clientsConnectByName() {
        try (AsyncoreTestClient echo = clients.connect();
                AsyncoreTestClient chat = clients.connect("chat")) {
            chat.expectLine("welcome");
            echo.sendLine("hello");
            echo.expectLine("hello");
        }
    }

    @Test
    void aNameThatNoServerHas() {
        assertThatThrownBy(() -> clients.connect("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No server 'nobody', only [default, chat]");
    }
}

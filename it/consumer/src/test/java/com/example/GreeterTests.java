package com.example;

import io.asyncore.spring.test.AsyncoreTestClients;
import io.asyncore.spring.test.LocalAsyncorePort;
import io.asyncore.test.AsyncoreTestClient;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class GreeterTests {
    @Test
    void greets(@Autowired AsyncoreTestClients clients) {
        try (AsyncoreTestClient client = clients.connect()) {
            client.sendLine("world");
            client.expectLine("hello, world");
            client.shutdownOutput();
            client.expectEnd();
        }
    }

    @Test
    void listensOnAFreePort(@LocalAsyncorePort int port) {
        Assertions.assertThat(port).isPositive().isNotEqualTo(9001);
    }
}

package io.asyncore.spring.test;

import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.test.AsyncoreTestClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes clients of the application's servers; a bean of every {@code @SpringBootTest}. For any thread.
 *
 * <pre>{@code
 * @Test
 * void greets(@Autowired AsyncoreTestClients clients) {
 *     try (AsyncoreTestClient client = clients.connect("greetings")) {
 *         client.sendLine("world");
 *         client.expectLine("hello, world");
 *     }
 * }
 * }</pre>
 */
public final class AsyncoreTestClients {

    private final ObjectProvider<AsyncoreServers> servers;

    AsyncoreTestClients(ObjectProvider<AsyncoreServers> servers) {
        this.servers = servers;
    }

    /** Connects to the default server. */
    public AsyncoreTestClient connect() {
        return connect(AsyncoreServer.DEFAULT_NAME);
    }

    /**
     * Connects to a server, wherever it listens: a port, or else a Unix-domain socket. If that is one for TLS, go on with
     * {@code startTls}.
     *
     * @throws IllegalArgumentException if there is no such server; the message names those that there are
     * @throws IllegalStateException if it does not run
     * @throws AssertionError if it does not answer
     */
    public AsyncoreTestClient connect(String server) {
        Server running = servers.getObject().get(server).server();
        if (running == null) {
            throw new IllegalStateException("the server '" + server + "' does not run");
        }
        return AsyncoreTestClient.connect(reachable(running.addresses().get(0)));
    }

    /** Who listens at all addresses is found at this machine's own. */
    private static SocketAddress reachable(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                        && internet.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), internet.getPort())
                : address;
    }
}

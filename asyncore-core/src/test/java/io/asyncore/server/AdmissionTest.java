package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Dispatcher;
import io.asyncore.LoopCounters;
import io.asyncore.LoopEvent;
import io.asyncore.descriptors.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is let in, who is not, and what is said about it. Peers are told apart by loopback addresses. */
@Timeout(60)
class AdmissionTest {

    private static final int CLIENTS = 20;

    private final Queue<RejectReason> rejected = new ConcurrentLinkedQueue<>();
    private final Queue<String> opened = new ConcurrentLinkedQueue<>();

    private Server.Builder described() throws IOException {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(EchoLines::new)
                .listener(new ServerListener() {
                    @Override
                    public void onOpened(Dispatcher handler) {
                        opened.add(String.valueOf(handler.address()));
                    }

                    @Override
                    public void onRejected(SocketAddress peer, RejectReason reason) {
                        rejected.add(reason);
                    }
                });
    }

    /** A client from 127.0.0.x. */
    private static Socket from(int x, Server server) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress("127.0.0." + x, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
        return socket;
    }

    private static String all(Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException reset) {
            return "reset";
        }
    }

    private static void assertServed(Socket socket) throws IOException {
        socket.getOutputStream().write("hi\n".getBytes(StandardCharsets.UTF_8));
        assertThat(socket.getInputStream().readNBytes(4)).isEqualTo("hi\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static void leave(Socket socket) throws IOException {
        socket.close();
    }

    @Test
    void aPeerThatHasItsShareIsRefusedAndOthersAreNot() throws Exception {
        try (Server server = described().limits(Limits.DEFAULTS.withPerPeer(2)).start();
                Socket one = from(1, server);
                Socket two = from(1, server)) {
            assertServed(one);
            assertServed(two);
            assertThat(all(from(1, server))).isEmpty();
            assertThat(rejected).containsExactly(RejectReason.PEER_LIMIT);
            try (Socket other = from(2, server)) {
                assertServed(other);
            }
            leave(one);
            Await.until("one has left", () -> server.connectionCount() == 1);
            try (Socket again = from(1, server)) {
                assertServed(again);
            }
            assertThat(opened).hasSize(4);
        }
    }

    @Test
    void whoComesWhileItIsFullIsToldAndClosed() throws Exception {
        Limits limits = Limits.DEFAULTS.withConnections(1).refusing("come back later\r\n");
        try (Server server = described().limits(limits).start();
                Socket first = from(1, server)) {
            assertServed(first);
            for (int i = 0; i < CLIENTS; i++) {
                Socket refused = from(1, server);
                refused.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
                assertThat(all(refused)).isEqualTo("come back later\r\n");
            }
            assertThat(rejected).hasSize(CLIENTS).containsOnly(RejectReason.FULL);
            assertServed(first);
            leave(first);
            Await.until("it has left", () -> server.connectionCount() == 0);
            try (Socket next = from(1, server)) {
                assertServed(next);
            }
        }
    }

    @Test
    void addressesAreFilteredBeforeAHandlerIsMade() throws Exception {
        int[] made = {0};
        Filter filter = Filter.parse(List.of("127.0.0.0/29"), List.of("127.0.0.3"));
        try (Server server = described()
                        .handler(() -> {
                            made[0]++;
                            return new EchoLines();
                        })
                        .filter(filter)
                        .start();
                Socket allowed = from(2, server)) {
            assertServed(allowed);
            assertThat(all(from(3, server))).isEmpty();
            assertThat(all(from(9, server))).isEmpty();
            assertThat(rejected).containsExactly(RejectReason.FILTER, RejectReason.FILTER);
            assertThat(made[0]).isEqualTo(1);
            assertThat(server.connectionCount()).isEqualTo(1);
        }
    }

    /** All of them are served in the end, but others get their turn meanwhile. */
    @Test
    void onlySoManyAreAcceptedInATurn() throws Exception {
        int bound = 3;
        LoopCounters counters = new LoopCounters();
        try (Server server = described()
                .listener(counters)
                .limits(Limits.DEFAULTS.withAcceptsPerTurn(bound))
                .start()) {
            connectWhileItIsBusy(server);
            assertThat(counters.count(LoopEvent.ACCEPT)).isGreaterThanOrEqualTo((CLIENTS + bound - 1) / bound);
        }
    }

    /** All that wait are accepted in one turn, up to the bound. */
    @Test
    void waitingClientsAreAcceptedTogether() throws Exception {
        LoopCounters counters = new LoopCounters();
        try (Server server = described().listener(counters).start()) {
            connectWhileItIsBusy(server);
            assertThat(counters.count(LoopEvent.ACCEPT)).isLessThan(3);
        }
    }

    private static void connectWhileItIsBusy(Server server) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        server.loop().execute(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        Client[] clients = new Client[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = new Client(server.port());
        }
        release.countDown();
        for (Client client : clients) {
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
        assertThat(server.connectionCount()).isEqualTo(CLIENTS);
        for (Client client : clients) {
            client.close();
        }
    }

    /** Of each that the proxy names, and not of the proxy. */
    @Test
    void behindAProxyTheRealClientCounts() throws Exception {
        Server.Builder builder =
                described().limits(Limits.DEFAULTS.withPerPeer(1)).proxyProtocol(ProxyProtocol.required("127.0.0.0/8"));
        try (Server server = builder.start();
                Socket one = proxied("192.0.2.1", server);
                Socket two = proxied("192.0.2.2", server)) {
            assertServed(one);
            assertServed(two);
            assertThat(all(proxied("192.0.2.2", server))).isEmpty();
            assertThat(rejected).containsExactly(RejectReason.PEER_LIMIT);
            leave(two);
            Await.until("two has left", () -> server.connectionCount() == 1);
            try (Socket again = proxied("192.0.2.2", server)) {
                assertServed(again);
            }
        }
    }

    private static Socket proxied(String client, Server server) throws IOException {
        Socket socket = from(1, server);
        socket.getOutputStream()
                .write(("PROXY TCP4 " + client + " 198.51.100.1 4711 25\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The real client again, and the proxy whatever it likes. */
    @Test
    void behindAProxyTheRealClientIsFiltered() throws Exception {
        Server.Builder builder = described()
                .filter(Filter.parse(List.of("192.0.2.0/24"), List.of("192.0.2.2")))
                .proxyProtocol(ProxyProtocol.required("127.0.0.0/8"));
        try (Server server = builder.start();
                Socket allowed = proxied("192.0.2.1", server)) {
            assertServed(allowed);
            assertThat(all(proxied("192.0.2.2", server))).isEmpty();
            assertThat(all(proxied("127.0.0.1", server))).isEmpty();
            assertThat(rejected).containsExactly(RejectReason.FILTER, RejectReason.FILTER);
        }
    }
}

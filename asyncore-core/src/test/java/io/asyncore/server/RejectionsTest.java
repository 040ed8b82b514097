package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.cpython.CapturedLog;
import io.asyncore.descriptors.Await;
import io.asyncore.tls.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Each way in which a connection ends before it has a handler: what its client hears, and what listeners are told. */
@Timeout(60)
@ExtendWith(QuietAcceptor.class)
@ResourceLock("log of io.asyncore")
class RejectionsTest {

    private static final String FAREWELL = "come back later\r\n";
    private static final Ssl TLS = Ssl.of(Identity.localhost().context());

    private final Queue<RejectReason> reasons = new ConcurrentLinkedQueue<>();
    private final Queue<SocketAddress> peers = new ConcurrentLinkedQueue<>();

    private Server.Builder described() {
        return Server.builder()
                .name("rejecting")
                .address(InetAddress.getLoopbackAddress())
                .handler(EchoLines::new)
                .listener(new ServerListener() {
                    @Override
                    public void onRejected(SocketAddress peer, RejectReason reason) {
                        peers.add(peer);
                        reasons.add(reason);
                    }
                });
    }

    private static Socket connect(Server server, String first) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
        socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String all(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException reset) {
            return "";
        }
    }

    /** Waits until a channel of this class has the connection; until nothing if there is no name. */
    private static void awaitRead(Server server, String handler) throws Exception {
        Await.until(
                "what it says was read",
                () -> handler.isEmpty()
                        || server.channels().join().stream()
                                .anyMatch(channel -> channel.handler().equals(handler)));
    }

    private static void leave(Socket socket) throws IOException {
        socket.close();
    }

    private static void end(Server server) {
        server.close();
    }

    private void assertTold(RejectReason reason) throws Exception {
        Await.until("it is told", () -> !reasons.isEmpty());
        assertThat(reasons).containsExactly(reason);
    }

    @Test
    void noHandlerCouldBeMade() throws Exception {
        for (int loops = 1; loops <= 2; loops++) {
            reasons.clear();
            Server.Builder failing = described().loops(loops).handler(() -> {
                throw new IOException("expected by the test");
            });
            try (Server server = failing.start();
                    Socket client = connect(server, "")) {
                assertThat(all(client)).isEmpty();
                assertTold(RejectReason.HANDLER);
                assertThat(peers).contains(client.getLocalSocketAddress());
                Await.until("its place is free", () -> server.connectionCount() == 0);
            }
        }
    }

    /** Behind a header it is the real client to whom it happened. */
    @Test
    void noHandlerCouldBeMadeForAProxysClient() throws Exception {
        Server.Builder failing = described()
                .proxyProtocol(ProxyProtocol.required("127.0.0.1"))
                .handler(() -> {
                    throw new IOException("expected by the test");
                });
        try (Server server = failing.start();
                Socket client = connect(server, "PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\n")) {
            assertThat(all(client)).isEmpty();
            assertTold(RejectReason.HANDLER);
            assertThat(peers).containsExactly(new InetSocketAddress("192.0.2.7", 4711));
        }
    }

    @Test
    void tooManyHandshakesWhereNobodyShallWait() throws Exception {
        Limits limits = Limits.DEFAULTS.withHandshakes(1).refusing(FAREWELL);
        Server.Builder builder = described().limits(limits).proxyProtocol(ProxyProtocol.required("127.0.0.1"));
        try (Server server = builder.start();
                Socket slow = connect(server, "PROXY TCP4 ")) {
            Await.until("it has begun", () -> server.handshakesUnderWay() == 1);
            try (Socket refused = connect(server, "")) {
                assertThat(all(refused)).isEqualTo(FAREWELL);
            }
            assertTold(RejectReason.HANDSHAKES);
            leave(slow);
            Await.until("it is gone", () -> server.handshakesUnderWay() == 0);
            try (Socket next = connect(server, "PROXY UNKNOWN\r\nhello\n")) {
                assertThat(next.getInputStream().readNBytes(7)).isEqualTo("hello\r\n".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** It would be plain text for somebody who expects TLS. */
    @Test
    void whereTlsIsSpokenNoFarewellIsSaid() throws Exception {
        Limits limits = Limits.DEFAULTS.withConnections(1).refusing(FAREWELL);
        try (Server server = described().limits(limits).ssl(TLS).start();
                Socket first = connect(server, "")) {
            Await.until("it has begun", () -> server.handshakesUnderWay() == 1);
            assertThat(first.isConnected()).isTrue();
            try (Socket refused = connect(server, "")) {
                assertThat(all(refused)).isEmpty();
            }
            assertTold(RejectReason.FULL);
        }
    }

    @Test
    void aProxyThatIsNotTrusted() throws Exception {
        Server.Builder builder = described().proxyProtocol(ProxyProtocol.required("192.0.2.0/24", "127.0.0.2"));
        try (Server server = builder.start();
                Socket client = connect(server, "PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\nhello\n")) {
            assertThat(all(client)).isEmpty();
            assertTold(RejectReason.PROXY);
            assertThat(peers).containsExactly(client.getLocalSocketAddress());
        }
    }

    /** As a load balancer does that looks whether the port is open: with an end in good order, or with a reset. */
    @Test
    void whoLeavesWithoutAWordHasOnlyLooked() throws Exception {
        Server.Builder[] all = {
            described().proxyProtocol(ProxyProtocol.required("127.0.0.1")),
            described().ssl(TLS),
            described().ssl(TLS.withHost("localhost", TLS)),
            described().ssl(TLS).proxyProtocol(ProxyProtocol.required("127.0.0.1"))
        };
        String[] saidBefore = {"", "", "", "PROXY UNKNOWN\r\n"};
        for (int i = 0; i < all.length; i++) {
            try (CapturedLog log = new CapturedLog();
                    Server server = all[i].start()) {
                for (boolean reset : new boolean[] {false, true}) {
                    Socket prober = connect(server, saidBefore[i]);
                    Await.until("it has begun", () -> server.handshakesUnderWay() == 1);
                    awaitRead(server, saidBefore[i].isEmpty() ? "" : TlsHandshake.class.getName());
                    prober.setSoLinger(reset, 0);
                    prober.close();
                    int gone = reset ? 2 : 1;
                    Await.until("it is gone", () -> looked(log) == gone);
                }
                assertThat(reasons).isEmpty();
                assertThat(log.lines())
                        .noneMatch(line -> line.startsWith("WARN TLS") || line.startsWith("WARN no PROXY"));
            }
        }
    }

    private static long looked(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.endsWith("the peer left without a word"))
                .count();
    }

    @Test
    void whoLeavesInTheMiddleHasFailed() throws Exception {
        try (CapturedLog log = new CapturedLog();
                Server server = described().ssl(TLS).start()) {
            Socket client = connect(server, "\u0016\u0003");
            Await.until("it has begun", () -> server.handshakesUnderWay() == 1);
            client.close();
            assertTold(RejectReason.TLS);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN TLS"))
                    .singleElement()
                    .asString()
                    .endsWith("the peer ended the connection before the TLS handshake was done");
        }
    }

    /** A shutdown waits for nobody who has not begun a conversation, and does not blame them. */
    @Test
    void aShutdownDuringTheHandshake() throws Exception {
        Server.Builder[] both = {
            described().proxyProtocol(ProxyProtocol.required("127.0.0.1")),
            described().ssl(TLS)
        };
        for (Server.Builder builder : both) {
            reasons.clear();
            try (Server server = builder.start();
                    Socket client = connect(server, "")) {
                Await.until("it has begun", () -> server.handshakesUnderWay() == 1);
                assertThat(server.shutdown(Duration.ofHours(1)).get(20, TimeUnit.SECONDS))
                        .isEqualTo(new DrainResult(0, 0));
                assertTold(RejectReason.SHUTDOWN);
                all(client); // an alert perhaps, then the end
            }
        }
    }

    @Test
    void anEndDuringTheHandshake() throws Exception {
        try (Server server = described().ssl(TLS).start();
                Socket client = connect(server, "")) {
            Await.until("it has begun", () -> server.handshakesUnderWay() == 1);
            end(server);
            assertTold(RejectReason.SHUTDOWN);
            all(client); // an alert perhaps, then the end
        }
    }

    /** Only so many are told, and none of them longer than it takes: the others are closed at once. */
    @Test
    void aFloodOfWhomNobodyIsLetIn() throws Exception {
        int flood = 400;
        Limits limits = Limits.DEFAULTS.withConnections(1).refusing(FAREWELL);
        try (Server server = described().limits(limits).start();
                Socket first = connect(server, "hello\n")) {
            assertThat(first.getInputStream().read()).isEqualTo('h');
            Socket[] refused = new Socket[flood];
            for (int i = 0; i < flood; i++) {
                refused[i] = connect(server, "");
            }
            Await.until("all are told", () -> reasons.size() == flood);
            assertThat(server.loop().map().size()).isLessThanOrEqualTo(2 + 256);
            for (Socket each : refused) {
                assertThat(all(each)).isIn(FAREWELL, "");
                each.close();
            }
            Await.until("none is left", () -> server.loop().map().size() == 2);
            assertThat(reasons).containsOnly(RejectReason.FULL);
        }
    }

    /** It is never guessed that there might be a proxy. */
    @Test
    void whereNoProxyIsExpectedAHeaderIsALineLikeAnyOther() throws Exception {
        String header = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\n";
        try (Server server = described().start();
                Socket client = connect(server, header)) {
            assertThat(client.getInputStream().readNBytes(header.length()))
                    .isEqualTo(header.getBytes(StandardCharsets.US_ASCII));
            assertThat(server.connections().get(0).address()).isEqualTo(client.getLocalSocketAddress());
            assertThat(reasons).isEmpty();
        }
    }
}

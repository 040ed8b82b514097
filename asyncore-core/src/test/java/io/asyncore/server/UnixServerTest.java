package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelSnapshot;
import io.asyncore.Dispatcher;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that listens on a Unix-domain socket. */
@Timeout(60)
class UnixServerTest {

    private static final int BACKLOG = 3;

    @TempDir
    private Path directory;

    private Server.Builder described(Path path) {
        return Server.builder().path(path).handler(EchoLines::new);
    }

    private static SocketChannel connect(Path path) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    /** What users and logs see is where clients find it, and not the name that it was made with. */
    @Test
    void isKnownByItsRealPath() throws Exception {
        Path path = directory.resolve("door");
        UnixDomainSocketAddress real = UnixDomainSocketAddress.of(path);
        try (Server server = described(path).start();
                SocketChannel client = connect(path)) {
            assertThat(client.isConnected()).isTrue();
            Await.until("it is served", () -> server.connectionCount() == 1);
            assertThat(server.addresses()).containsExactly(real);
            List<ChannelSnapshot> snapshots = server.channels().get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(snapshots)
                    .hasSize(2)
                    .allSatisfy(snapshot -> assertThat(snapshot.local()).isEqualTo(real));
            for (Dispatcher channel : server.loop().map().channels()) {
                assertThat(channel.socket().localAddress()).isEqualTo(real);
                assertThat(channel.toString()).doesNotContain("/.");
                if (channel instanceof Acceptor) {
                    assertThat(channel.address()).isEqualTo(real);
                    assertThat(channel).asString().endsWith(" listening " + path + ">");
                }
            }
        }
    }

    /** Of those that the server does not accept, the kernel lets so many wait, and Linux one more. */
    @Test
    void hasTheBacklogItWasTold() throws Exception {
        Path path = directory.resolve("door");
        List<SocketChannel> clients = new ArrayList<>();
        try (Server server = described(path).backlog(BACKLOG).maxConnections(1).start()) {
            clients.add(connect(path));
            Await.until("it is served", () -> server.connectionCount() == 1);
            while (clients.size() < 100 && connectsAtOnce(path, clients)) {
                // until there is no room
            }
            assertThat(clients.size() - 1).isBetween(BACKLOG, BACKLOG + 1);
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private static boolean connectsAtOnce(Path path, List<SocketChannel> connected) throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            client.configureBlocking(false);
            client.connect(UnixDomainSocketAddress.of(path));
            connected.add(client);
            return true;
        } catch (IOException noRoom) {
            client.close();
            return false;
        }
    }

    @Test
    void leavesNoFileAndNoDescriptor() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        Path path = directory.resolve("door");
        Server server = described(path).start();
        try (SocketChannel client = connect(path)) {
            Await.until("it is served", () -> server.connectionCount() == 1);
            server.close();
            assertThat(client.isConnected()).isTrue();
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        before.assertNothingLeft();
    }

    @Test
    void hasThePermissionsItWasTold() throws Exception {
        Path usual = directory.resolve("usual");
        Path open = directory.resolve("open");
        try (Server one = described(usual).start();
                Server two = described(open)
                        .pathPermissions(PosixFilePermissions.fromString("rw-rw-rw-"))
                        .start()) {
            assertThat(one.isRunning() && two.isRunning()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(usual)))
                    .isEqualTo("rw-rw----");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                    .isEqualTo("rw-rw-rw-");
        }
    }

    /** A port, another one, and a path. */
    @Test
    void isOneOfSeveralListeners() throws Exception {
        Path path = directory.resolve("door");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Server.Builder builder = described(path).address(loopback).port(0).listenOn(new InetSocketAddress(loopback, 0));
        try (Server server = builder.start();
                Client first = new Client(server.port());
                Client second =
                        new Client(((InetSocketAddress) server.addresses().get(2)).getPort());
                SocketChannel third = connect(path)) {
            assertThat(server.addresses()).hasSize(3).contains(UnixDomainSocketAddress.of(path));
            assertThat(first.ask("hello")).isEqualTo("hello");
            assertThat(second.ask("hello")).isEqualTo("hello");
            assertThat(third.isConnected()).isTrue();
            Await.until("all are served", () -> server.connectionCount() == 3);
        }
    }

    /** They have no address that could be counted or filtered: file permissions decide. */
    @Test
    void peersHaveNoLimitOfTheirOwn() throws Exception {
        Path path = directory.resolve("door");
        Server.Builder builder = described(path)
                .limits(Limits.DEFAULTS.withPerPeer(1))
                .filter(Filter.parse(List.of("192.0.2.1"), List.of()));
        try (Server server = builder.start();
                SocketChannel one = connect(path);
                SocketChannel two = connect(path)) {
            assertThat(one.isConnected() && two.isConnected()).isTrue();
            Await.until("both are served", () -> server.connectionCount() == 2);
        }
    }
}

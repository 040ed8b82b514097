package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.asyncore.LoopCounters;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a builder refuses, and that a server which does not start leaves nothing behind. */
class ServerBuilderTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static Server.Builder described() {
        return Server.builder().name("described").address(LOOPBACK).handler(EchoLines::new);
    }

    private static Arguments refused(String option, Object value, UnaryOperator<Server.Builder> setting) {
        return arguments(option, value, setting);
    }

    static Stream<Arguments> refusedValues() {
        return Stream.of(
                refused("name", "' '", builder -> builder.name(" ")),
                refused("port", -1, builder -> builder.port(-1)),
                refused("port", 65_536, builder -> builder.port(65_536)),
                refused("backlog", 0, builder -> builder.backlog(0)),
                refused("maxConnections", 0, builder -> builder.maxConnections(0)),
                refused("maxConnections", -7, builder -> builder.maxConnections(-7)),
                refused("idleTimeout", Duration.ZERO, builder -> builder.idleTimeout(Duration.ZERO)),
                refused("idleTimeout", Duration.ofMillis(-5), builder -> builder.idleTimeout(Duration.ofMillis(-5))),
                refused("loopTimeout", Duration.ZERO, builder -> builder.loopTimeout(Duration.ZERO)));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("refusedValues")
    void aValueThatCannotBeIsRefusedByName(String option, Object value, UnaryOperator<Server.Builder> setting)
            throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.apply(described()).start())
                .withMessageStartingWith(option)
                .withMessageContaining(value.toString());
        before.assertNothingLeft();
    }

    @Test
    void aServerNeedsAHandler() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Server.builder().start())
                .withMessageContaining("handler");
    }

    @Test
    void port0IsAnyFreeOneAndTheRealOneIsKnown() throws Exception {
        try (Server one = described().start();
                Server two = described().start();
                Client client = new Client(one.port());
                Client other = new Client(two.port())) {
            assertThat(one.port()).isPositive().isNotEqualTo(two.port());
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThat(other.ask("hello")).isEqualTo("hello");
        }
    }

    @Test
    void itsNameIsThatOfItsThread() throws Exception {
        try (Server server = described().start()) {
            assertThat(server.name()).isEqualTo("described");
            assertThat(LiveThreads.named("asyncore-described"))
                    .containsExactlyInAnyOrder("asyncore-described", "asyncore-described-watchdog");
            assertThat(server).hasToString("Server[described, port " + server.port() + "]");
        }
        try (Server server = described()
                .name("other")
                .threadFactory(body -> new Thread(body, "mine"))
                .start()) {
            assertThat(LiveThreads.named("asyncore-other")).containsExactly("asyncore-other-watchdog");
            assertThat(LiveThreads.named("mine")).hasSize(1);
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void withoutAnAddressItTakesClientsOfBothFamilies() throws Exception {
        try (Server server = Server.builder().handler(EchoLines::new).start();
                Client client = new Client(server.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
    }

    @Test
    void anAddressMayBeOfEitherFamily() throws Exception {
        for (String address : new String[] {"127.0.0.1", "::1"}) {
            try (Server server = Server.builder()
                            .address(InetAddress.getByName(address))
                            .handler(EchoLines::new)
                            .start();
                    Socket client = new Socket(address, server.port())) {
                client.getOutputStream().write('\n');
                client.setSoTimeout(20_000);
                assertThat(client.getInputStream().read()).isEqualTo('\r');
            }
        }
    }

    @Test
    void aPortInUseIsNamedAndNothingIsLeftBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            OpenDescriptors before = OpenDescriptors.now();
            assertThatThrownBy(() -> described().port(taken.getLocalPort()).start())
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
            before.assertNothingLeft();
            assertThat(LiveThreads.named("asyncore-described")).isEmpty();
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamedAndNothingIsLeftBehind() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        assertThatThrownBy(() ->
                        described().address(InetAddress.getByName("192.0.2.1")).start())
                .isInstanceOf(BindException.class)
                .hasMessageContaining("192.0.2.1");
        before.assertNothingLeft();
        assertThat(LiveThreads.named("asyncore-described")).isEmpty();
    }

    static Stream<ThreadFactory> factoriesThatGiveNoUsableThread() {
        return Stream.of(
                body -> null,
                body -> {
                    throw new UnsupportedOperationException("expected by the test");
                },
                body -> {
                    Thread started = new Thread(() -> {});
                    started.start();
                    return started;
                });
    }

    @ParameterizedTest
    @MethodSource("factoriesThatGiveNoUsableThread")
    void aThreadFactoryThatFailsLeavesNothingBehind(ThreadFactory factory) throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        int port = freePort();
        assertThatThrownBy(() -> described().port(port).threadFactory(factory).start())
                .isInstanceOfAny(
                        IllegalArgumentException.class,
                        UnsupportedOperationException.class,
                        IllegalThreadStateException.class);
        before.assertNothingLeft();
        described().port(port).start().close();
    }

    @Test
    void aMakerOfListenersThatFailsLeavesNothingBehind() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        int port = freePort();
        Server.Builder failing = described().port(port).loops(2).loopListener(index -> {
            if (index == 1) {
                throw new UnsupportedOperationException("expected by the test");
            }
            return new LoopCounters();
        });
        assertThatThrownBy(failing::start).hasMessage("expected by the test");
        before.assertNothingLeft();
        assertThat(LiveThreads.named("asyncore-described")).isEmpty();
        described().port(port).start().close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            return free.getLocalPort();
        }
    }

    /** Of those that the server does not accept, the kernel lets so many wait, and Linux one more. */
    @Test
    void aPortHasTheBacklogItWasTold() throws Exception {
        int backlog = 3;
        List<SocketChannel> waiting = new ArrayList<>();
        try (Server server = described().backlog(backlog).maxConnections(1).start();
                Client first = new Client(server.port())) {
            assertThat(first.ask("hello")).isEqualTo("hello");
            for (int i = 0; i < 20; i++) {
                waiting.add(beginToConnect(server.port()));
            }
            Await.until("as many wait as may", () -> connected(waiting) >= backlog);
            assertThat(connected(waiting)).isBetween(backlog, backlog + 1);
        } finally {
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
    }

    private static SocketChannel beginToConnect(int port) throws IOException {
        SocketChannel client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(new InetSocketAddress(LOOPBACK, port));
        return client;
    }

    private static int connected(List<SocketChannel> clients) throws IOException {
        int count = 0;
        for (SocketChannel client : clients) {
            count += client.isConnected() || client.finishConnect() ? 1 : 0;
        }
        return count;
    }
}

package io.asyncore.descriptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.ExitNow;
import io.asyncore.SocketType;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A closed channel lets go of descriptor and address: at once outside a turn, and when {@code poll} returns within one.
 * NIO alone would keep both until somebody selects again.
 */
class ClosedChannelsTest {

    @TempDir
    Path directory;

    private final ChannelMap map = new ChannelMap();
    private OpenDescriptors before;

    /** Accepts everything into the same map and keeps it. */
    private static final class Listener extends Dispatcher {
        final List<Dispatcher> accepted = new ArrayList<>();

        Listener(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleAccepted(Transport socket, SocketAddress peer) {
            accepted.add(quiet(new DispatcherWithSend(socket, map())));
        }
    }

    private static Dispatcher quiet(Dispatcher channel) {
        channel.setIgnoreLogTypes(Set.of("warning", "error"));
        return channel;
    }

    @BeforeEach
    void look() throws IOException {
        before = OpenDescriptors.now();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        map.closeAll(true);
        before.assertNothingLeft();
    }

    private Listener listen(ProtocolFamily family) throws IOException {
        Listener listener = new Listener(map);
        listener.createSocket(family, SocketType.STREAM);
        listener.bind(anAddress(family));
        listener.listen(200);
        Asyncore.poll(Duration.ZERO, map);
        return listener;
    }

    private SocketAddress anAddress(ProtocolFamily family) throws IOException {
        if (family == StandardProtocolFamily.UNIX) {
            return UnixDomainSocketAddress.of(directory.resolve("socket"));
        }
        return new InetSocketAddress(
                InetAddress.getByName(family == StandardProtocolFamily.INET ? "127.0.0.1" : "::1"), 0);
    }

    /** Nobody listens there: nothing can connect, and the address is free for whoever wants it next. */
    private void assertFree(ProtocolFamily family, SocketAddress address) throws IOException {
        assertThatThrownBy(() -> SocketChannel.open(address).close()).isInstanceOf(IOException.class);
        if (address instanceof UnixDomainSocketAddress unix) {
            Files.delete(unix.getPath());
        }
        try (ServerSocketChannel next = ServerSocketChannel.open(family)) {
            next.bind(address);
        }
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void aListenerClosedOutsideATurnIsGoneAtOnce(StandardProtocolFamily family) throws IOException {
        Listener listener = listen(family);
        SocketAddress address = listener.socket().localAddress();
        assertThat(before.openedSince()).isNotEmpty();

        listener.close();
        before.assertNothingLeft();
        assertFree(family, address);
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void aListenerClosedWithinATurnIsGoneWhenPollReturns(StandardProtocolFamily family) throws IOException {
        Listener listener = listen(family);
        SocketAddress address = listener.socket().localAddress();

        map.loop().callLater(Duration.ZERO, listener::close);
        Asyncore.poll(Duration.ZERO, map);
        before.assertNothingLeft();
        assertFree(family, address);
    }

    @Test
    void whatAnInnerPollClosesIsGoneWhenItReturns() throws Exception {
        Listener listener = listen(StandardProtocolFamily.INET);
        SocketAddress address = listener.socket().localAddress();
        CompletableFuture<Boolean> wasFree = new CompletableFuture<>();
        map.loop().callLater(Duration.ZERO, () -> {
            map.loop().execute(listener::close);
            Asyncore.poll(Duration.ZERO, map);
            wasFree.complete(canBind(address));
        });
        Await.turning(map, "the inner poll", wasFree::isDone);
        assertThat(wasFree.get()).isTrue();
    }

    @Test
    void aStartedLoopLetsGoOfThemInItsNextTurn() throws Exception {
        Listener listener = listen(StandardProtocolFamily.INET);
        SocketAddress address = listener.socket().localAddress();
        Thread thread = map.loop().start(Thread::new);

        CompletableFuture<Boolean> wasFree = new CompletableFuture<>();
        map.loop().execute(() -> {
            listener.close();
            map.loop().callLater(Duration.ZERO, () -> wasFree.complete(canBind(address)));
        });
        assertThat(wasFree.get(20, TimeUnit.SECONDS)).isTrue();

        map.loop().stop();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private static boolean canBind(SocketAddress address) {
        try (ServerSocket next = new ServerSocket()) {
            next.setReuseAddress(false);
            next.bind(address);
            return true;
        } catch (BindException inUse) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void manyConnectionsClosedInOneTurnAreGoneWhenPollReturns(StandardProtocolFamily family) throws Exception {
        int count = 100;
        Listener listener = listen(family);
        SocketAddress address = listener.socket().localAddress();
        List<Dispatcher> clients = connect(family, address, count);
        Await.turning(
                map,
                "all are connected",
                () -> listener.accepted.size() == count && clients.stream().allMatch(Dispatcher::isConnected));

        List<String> withAll = before.openedSince();
        map.loop().callLater(Duration.ZERO, () -> clients.forEach(Dispatcher::close));
        Asyncore.poll(Duration.ZERO, map);
        assertThat(before.openedSince()).hasSize(withAll.size() - count);

        Await.turning(map, "their peers have ended", () -> map.size() == 1);
        listener.close();
        before.assertNothingLeft();
    }

    private List<Dispatcher> connect(ProtocolFamily family, SocketAddress address, int count) throws IOException {
        List<Dispatcher> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Dispatcher client = quiet(new DispatcherWithSend(map));
            client.createSocket(family, SocketType.STREAM);
            client.connect(address);
            clients.add(client);
        }
        return clients;
    }

    @Test
    void closeAllLeavesNothing() throws Exception {
        Listener listener = listen(StandardProtocolFamily.INET);
        connect(StandardProtocolFamily.INET, listener.socket().localAddress(), 20);
        Await.turning(map, "some are accepted", () -> !listener.accepted.isEmpty());
        Asyncore.closeAll(map, false);
        before.assertNothingLeft();
    }

    @Test
    void aFailedConnectLeavesNothing() throws Exception {
        Listener listener = listen(StandardProtocolFamily.INET);
        SocketAddress address = listener.socket().localAddress();
        listener.close();
        connect(StandardProtocolFamily.INET, address, 5);
        Await.turning(map, "all are refused", map::isEmpty);
        before.assertNothingLeft();
    }

    @Test
    void aLoopThatEndsBecauseItsMapIsEmptyLeavesNoPoller() throws Exception {
        Listener listener = listen(StandardProtocolFamily.INET);
        map.loop().callLater(Duration.ofMillis(10), listener::close);
        Asyncore.loop(null, false, map, null);
        before.assertNothingLeft();
    }

    @Test
    void aLoopLeftByExitNowLeavesNoPollerOnceItsChannelsAreClosed() throws Exception {
        Listener listener = listen(StandardProtocolFamily.INET);
        map.loop().callLater(Duration.ZERO, () -> {
            throw new ExitNow();
        });
        assertThatThrownBy(() -> Asyncore.loop(null, true, map, null)).isInstanceOf(ExitNow.class);
        listener.close();
        before.assertNothingLeft();
    }

    @Test
    void whoPollsAnEmptyMapLeavesNoPoller() throws Exception {
        Asyncore.poll(Duration.ZERO, map);
        Asyncore.loop(Duration.ZERO, true, map, 3);
        before.assertNothingLeft();
    }
}

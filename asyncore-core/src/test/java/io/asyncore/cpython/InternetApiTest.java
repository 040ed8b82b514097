package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.SocketType;
import io.asyncore.transport.Transport;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code test_asyncore.py}: the cases of {@code BaseTestAPI} that Unix-domain sockets have no part in. */
@ParameterizedClass(name = "{0}, usePoll={1}")
@MethodSource("matrix")
@Timeout(60)
class InternetApiTest extends ApiMatrix {

    static Stream<Arguments> matrix() {
        return Stream.of(Family.values()).filter(Family::isInternet).flatMap(ApiMatrix::bothOrders);
    }

    /** NIO has no event for urgent data, so the poller here is one that has: the callback is the same. */
    @Test
    void testHandleExpt() throws Exception {
        UrgentNio provider = new UrgentNio();
        EventLoop loop = new EventLoop(map, provider, System::nanoTime);
        assertThat(map.loop()).isSameAs(loop);
        StrictServer server = server(Strict::new);
        StrictClient client = new StrictClient(family.protocol, server.listensOn(), map) {
            @Override
            protected void handleExpt() {
                flag = true;
            }
        };
        Turns.until("connected", map, usePoll, client::isConnected);
        assertThat(client.flag).isFalse();

        provider.urgentDataOn(client);
        untilFlag(client);
    }

    /** With NIO itself urgent data raise no event and do not disturb what comes before and after them. */
    @Test
    void testHandleExptWithNio() throws Exception {
        StringBuilder received = new StringBuilder();
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(family.freeAddress(directory));
            StrictClient client = new StrictClient(family.protocol, listener.getLocalSocketAddress(), map) {
                @Override
                protected void handleRead() throws Exception {
                    received.append(new String(recv(1024), StandardCharsets.US_ASCII));
                }
            };
            try (Socket peer = listener.accept()) {
                OutputStream out = peer.getOutputStream();
                out.write("before".getBytes(StandardCharsets.US_ASCII));
                peer.sendUrgentData(244);
                out.write("after".getBytes(StandardCharsets.US_ASCII));
                Turns.until("all plain bytes", map, usePoll, () -> received.length() == "beforeafter".length());
            }
            client.close();
        }
        assertThat(received).hasToString("beforeafter");
    }

    @Test
    void testSetReuseAddr() throws Exception {
        Dispatcher channel = new Dispatcher(map);
        channel.createSocket(family.protocol, SocketType.STREAM);
        Transport socket = Objects.requireNonNull(channel.socket());
        assertThat(socket.getOption(StandardSocketOptions.SO_REUSEADDR)).isFalse();

        channel.setReuseAddr();
        assertThat(socket.getOption(StandardSocketOptions.SO_REUSEADDR)).isTrue();
    }

    /** A client that connects and resets at once, served by a loop on another thread, costs the listener nothing. */
    @Test
    void testQuickConnect() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        StrictServer server = server(socket -> {
            accepted.incrementAndGet();
            return new Strict(socket) {
                @Override
                protected void handleClose() {}
            };
        });
        InetSocketAddress address = (InetSocketAddress) server.listensOn();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            ready.countDown();
            Turns.until("both accepted", map, usePoll, () -> accepted.get() == 2 && map.size() == 2);
        });
        thread.setUncaughtExceptionHandler((ended, error) -> failure.set(error));
        thread.start();
        assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
        try (Socket patient = new Socket()) {
            connectAndReset(address);
            patient.connect(address, 20_000);
            thread.join(20_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(failure.get()).isNull();
        assertThat(server.isAccepting()).isTrue();
    }

    private static void connectAndReset(InetSocketAddress address) throws Exception {
        try (Socket hasty = new Socket()) {
            hasty.setSoLinger(true, 0);
            hasty.connect(address, 20_000);
        }
    }
}

package io.asyncore.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.Transport;
import io.asyncore.transport.TransportProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ProxiedTransportTest {

    private static final SocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 56_324);
    private static final ProxyHeader HEADER =
            new ProxyHeader(2, ProxyHeader.Command.PROXY, CLIENT, new InetSocketAddress("192.0.2.2", 443), List.of());
    private static final ProxyHeader LOCAL = new ProxyHeader(2, ProxyHeader.Command.LOCAL, null, null, List.of());

    private StreamTransport listener;
    private Socket peer;
    private Transport inner;

    @BeforeEach
    void connect() throws IOException {
        listener = TransportProvider.nio().openStream(StandardProtocolFamily.INET);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.listen(1);
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        peer = new Socket(address.getAddress(), address.getPort());
        inner = accept();
    }

    private Transport accept() throws IOException {
        Transport accepted = listener.accept();
        while (accepted == null) {
            Thread.onSpinWait();
            accepted = listener.accept();
        }
        return accepted;
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        inner.close();
        listener.close();
    }

    private ProxiedTransport proxied(String rest) {
        return new ProxiedTransport(inner, HEADER, ByteBuffer.wrap(rest.getBytes(StandardCharsets.US_ASCII)));
    }

    private static @Nullable String read(Transport transport, int room) throws IOException {
        ByteBuffer target = ByteBuffer.allocateDirect(room);
        int count = transport.read(target);
        assertThat(target.position()).isEqualTo(Math.max(count, 0));
        return count < 0
                ? null
                : StandardCharsets.US_ASCII.decode(target.flip()).toString();
    }

    @Test
    void isTheClientsNotTheProxys() {
        ProxiedTransport transport = proxied("");
        assertThat(transport.remoteAddress()).isEqualTo(CLIENT);
        assertThat(transport.proxyAddress()).isEqualTo(peer.getLocalSocketAddress());
        assertThat(transport.localAddress()).isEqualTo(inner.localAddress());
        assertThat(transport.header()).isSameAs(HEADER);
        assertThat(transport).hasToString("ProxiedTransport over " + inner);
    }

    @Test
    void isTheProxysIfItTellsOfNoClient() {
        ProxiedTransport transport = new ProxiedTransport(inner, LOCAL, ByteBuffer.allocate(0));
        assertThat(transport.remoteAddress()).isEqualTo(peer.getLocalSocketAddress());
    }

    @Test
    void readsTheRestFirst() throws IOException {
        ProxiedTransport transport = proxied("hello");
        assertThat(transport.localReadiness()).isEqualTo(Transport.READ);
        assertThat(read(transport, 0)).isEmpty();
        assertThat(read(transport, 2)).isEqualTo("he");
        assertThat(transport.localReadiness()).isEqualTo(Transport.READ);
        assertThat(read(transport, 9)).isEqualTo("llo");
        assertThat(transport.localReadiness()).isZero();
        assertThat(read(transport, 9)).isEmpty();

        peer.getOutputStream().write("more".getBytes(StandardCharsets.US_ASCII));
        String text = read(transport, 9);
        while (text.isEmpty()) {
            Thread.onSpinWait();
            text = read(transport, 9);
        }
        assertThat(text).isEqualTo("more");
        peer.shutdownOutput();
        while (read(transport, 9) != null) {
            Thread.onSpinWait();
        }
    }

    @Test
    void keepsACopyOfTheRest() throws IOException {
        ByteBuffer lent = ByteBuffer.wrap(new byte[] {'x', 'a', 'b', 'x'}, 1, 2);
        ProxiedTransport transport = new ProxiedTransport(inner, HEADER, lent);
        assertThat(lent.remaining()).isEqualTo(2);
        lent.array()[1] = '?';
        assertThat(read(transport, 9)).isEqualTo("ab");
    }

    @Test
    void isTheInnerTransportOtherwise() throws IOException {
        ProxiedTransport transport = proxied("");
        transport.setOption(StandardSocketOptions.TCP_NODELAY, true);
        assertThat(inner.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
        assertThat(transport.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
        transport.write(ByteBuffer.wrap(new byte[] {7}));
        transport.shutdownOutput();
        assertThat(peer.getInputStream().readAllBytes()).containsExactly(7);
        transport.abort();
        assertThat(inner.isOpen()).isFalse();
        assertThat(transport.isOpen()).isFalse();
        transport.close();
    }

    /** The loop does not wait for the kernel while there is a rest; and leaves it where it is while the gate is closed. */
    @Test
    void servesADispatcherThatTheKernelWouldLetWait() throws Exception {
        ChannelMap map = new ChannelMap();
        Reader dispatcher = new Reader(proxied("rest"), map);
        assertThat(dispatcher.address()).isEqualTo(CLIENT);
        dispatcher.wait(true);
        Asyncore.poll(Duration.ofMillis(1), map);
        assertThat(dispatcher.heard).isEmpty();
        dispatcher.wait(false);
        Asyncore.poll(Duration.ofSeconds(30), map);
        Asyncore.poll(Duration.ofSeconds(30), map);
        assertThat(dispatcher.heard).containsExactly("res", "t");
        peer.shutdownOutput();
        Asyncore.loop(Duration.ofSeconds(30), true, map, null);
        assertThat(dispatcher.heard).startsWith("res", "t");
        assertThat(inner.isOpen()).isFalse();
    }

    private static final class Reader extends Dispatcher {
        private final List<String> heard = new ArrayList<>();

        Reader(Transport transport, ChannelMap map) {
            super(transport, map);
        }

        void wait(boolean paused) {
            if (paused) {
                pauseReading();
            } else {
                resumeReading();
            }
        }

        @Override
        protected void handleRead() throws IOException {
            heard.add(new String(recv(3), StandardCharsets.US_ASCII));
        }
    }
}

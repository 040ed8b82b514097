package io.asyncore.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.SocketType;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Heap buffers of any size go through one direct buffer of the loop. Given to NIO they would make it allocate direct
 * memory of their size and keep that for the life of the thread.
 */
class DirectMemoryTest {

    private static final BufferPoolMXBean DIRECT = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();

    /** What a loop may take for itself, whatever it is given to write and read. */
    private static final long ALLOWED = 512 * 1024;

    /** No size twice, and each larger than all before it. */
    private static final int[] SIZES =
            IntStream.range(0, 60).map(i -> 1 + i * i * 1000).toArray();

    private final ChannelMap map = new ChannelMap();
    private final ByteBuffer peersOwn = ByteBuffer.allocateDirect(64 * 1024);

    @AfterEach
    void closeAll() {
        map.closeAll(true);
    }

    /** One end of a connection whose other end is a channel of NIO's. */
    private <D extends Dispatcher> D connect(Function<ChannelMap, D> make, SocketChannel[] peer) throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            D channel = make.apply(map);
            channel.createSocket();
            channel.connect(listener.getLocalAddress());
            peer[0] = listener.accept();
            peer[0].configureBlocking(false);
            Await.turning(map, "connected", channel::isConnected);
            return channel;
        }
    }

    /** All that has arrived at the peer. */
    private int readByPeer(SocketChannel peer) throws IOException {
        int all = 0;
        for (int count = peer.read(peersOwn.clear()); count > 0; count = peer.read(peersOwn.clear())) {
            all += count;
        }
        return all;
    }

    @Test
    void whatIsQueuedInManySizes() throws Exception {
        SocketChannel[] peer = new SocketChannel[1];
        DispatcherWithSend channel = connect(DispatcherWithSend::new, peer);
        long before = DIRECT.getMemoryUsed();
        for (int size : SIZES) {
            channel.send(new byte[size]);
            int[] left = {size};
            Await.turning(map, size + " bytes have arrived", () -> (left[0] -= readByPeer(peer[0])) == 0);
        }
        assertThat(DIRECT.getMemoryUsed() - before).isLessThan(ALLOWED);
        peer[0].close();
    }

    @Test
    void whatAPlainDispatcherSendsAndReceivesInManySizes() throws Exception {
        SocketChannel[] peer = new SocketChannel[1];
        Dispatcher channel = connect(Dispatcher::new, peer);
        long before = DIRECT.getMemoryUsed();
        for (int size : SIZES) {
            ByteBuffer data = ByteBuffer.allocate(size);
            while (data.hasRemaining()) {
                channel.send(data);
                readByPeer(peer[0]);
            }
            peer[0].write(peersOwn.clear().limit(100));
            ByteBuffer target = ByteBuffer.allocate(size);
            Await.until("input", () -> channel.recv(target) > 0);
        }
        assertThat(DIRECT.getMemoryUsed() - before).isLessThan(ALLOWED);
        peer[0].close();
    }

    @Test
    void datagramsInManySizesAndBuffersMuchTooLarge() throws Exception {
        Dispatcher one = datagrams(StandardProtocolFamily.INET);
        Dispatcher other = datagrams(StandardProtocolFamily.INET);
        SocketAddress target = other.socket().localAddress();
        long before = DIRECT.getMemoryUsed();
        for (int size : SIZES) {
            int sent = Math.min(size, 65_507);
            assertThat(one.sendTo(new byte[sent], target)).isEqualTo(sent);
            ByteBuffer room = ByteBuffer.allocate(size);
            Await.until("a datagram of " + sent, () -> other.recvFrom(room) != null);
            assertThat(room.position()).isEqualTo(sent);
        }
        assertThat(DIRECT.getMemoryUsed() - before).isLessThan(ALLOWED);
    }

    private Dispatcher datagrams(ProtocolFamily family) throws IOException {
        Dispatcher channel = new Dispatcher(map);
        channel.createSocket(family, SocketType.DATAGRAM);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return channel;
    }
}

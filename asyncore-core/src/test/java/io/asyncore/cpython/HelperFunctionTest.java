package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.CompactTraceback;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.ExitNow;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code test_asyncore.py}: {@code HelperFunctionTests}. The module's functions {@code read}, {@code write},
 * {@code _exception} and {@code readwrite} are the guarded dispatch inside the loop here, so they are tested through it.
 */
@Timeout(60)
class HelperFunctionTest {

    private final ChannelMap map = new ChannelMap();
    private final UrgentNio provider = new UrgentNio();
    private ServerSocket listener;

    @BeforeEach
    void open() throws IOException {
        new EventLoop(map, provider, System::nanoTime);
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        Asyncore.closeAll(map, true);
    }

    /** A kind of readiness: how the peer or the provider brings it about, and which events tell of it. */
    private enum Readiness {
        READ {
            @Override
            void bringAbout(Probe probe, Socket peer, UrgentNio provider) throws IOException {
                peer.getOutputStream().write('x');
            }
        },
        WRITE {
            @Override
            void bringAbout(Probe probe, Socket peer, UrgentNio provider) {
                probe.interestChanged();
            }
        },
        EXPT {
            @Override
            void bringAbout(Probe probe, Socket peer, UrgentNio provider) {
                provider.urgentDataOn(probe);
            }
        },
        /** Python's POLLERR, POLLHUP and POLLNVAL: here the read that finds the connection lost. */
        CLOSE {
            @Override
            void bringAbout(Probe probe, Socket peer, UrgentNio provider) throws IOException {
                peer.setSoLinger(true, 0);
                peer.close();
            }
        };

        abstract void bringAbout(Probe probe, Socket peer, UrgentNio provider) throws IOException;

        String event() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A connected channel and the other end of it. */
    private Probe connectedProbe() throws IOException {
        Probe probe = new Probe(listener.getLocalSocketAddress(), map);
        Turns.until("connected", map, false, probe::isConnected);
        return probe;
    }

    /** ExitNow leaves the loop; anything else goes to the channel's handleError. */
    @ParameterizedTest
    @EnumSource(names = {"READ", "WRITE", "EXPT"})
    void testReadwriteexc(Readiness readiness) throws Exception {
        assertGuarded(readiness, false);
    }

    /** One event for each kind of readiness; the guard is the same in this order. */
    @ParameterizedTest
    @EnumSource
    void testReadwrite(Readiness readiness) throws Exception {
        Probe probe = connectedProbe();
        try (Socket peer = listener.accept()) {
            probe.arm(readiness == Readiness.WRITE);
            readiness.bringAbout(probe, peer, provider);
            Turns.until("an event", map, true, () -> probe.events.contains(readiness.event()));
            if (readiness == Readiness.CLOSE) {
                probe.events.remove("read");
            }
            assertThat(probe.events).containsExactly(readiness.event());
            probe.close();
        }
        assertGuarded(readiness, true);
    }

    private void assertGuarded(Readiness readiness, boolean usePoll) throws IOException {
        Probe exiting = connectedProbe();
        try (Socket peer = listener.accept()) {
            exiting.arm(readiness == Readiness.WRITE, readiness.event(), ExitNow::new);
            readiness.bringAbout(exiting, peer, provider);
            assertThatThrownBy(() -> Turns.until("never", map, usePoll, () -> false))
                    .isInstanceOf(ExitNow.class);
            assertThat(exiting.events).doesNotContain("error");
            exiting.close();
        }
        Probe crashing = connectedProbe();
        try (Socket peer = listener.accept()) {
            crashing.arm(readiness == Readiness.WRITE, readiness.event(), IllegalStateException::new);
            readiness.bringAbout(crashing, peer, provider);
            Turns.until("the error", map, usePoll, () -> crashing.events.contains("error"));
            crashing.close();
        }
    }

    @Test
    void testCloseall() throws Exception {
        List<Transport> sockets = openTen(map);

        Asyncore.closeAll(map, false);
        assertAllClosed(map, sockets);
    }

    /** Without a map, in Python; here the map has a name. */
    @Test
    @ResourceLock("io.asyncore.ChannelMap.global")
    void testCloseallDefault() throws Exception {
        List<Transport> sockets = openTen(ChannelMap.global());

        Asyncore.closeAll(ChannelMap.global(), false);
        assertAllClosed(ChannelMap.global(), sockets);
    }

    private static List<Transport> openTen(ChannelMap map) throws IOException {
        List<Transport> sockets = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Dispatcher channel = new Dispatcher(map);
            channel.createSocket();
            sockets.add(Objects.requireNonNull(channel.socket()));
        }
        assertThat(map.size()).isEqualTo(10);
        assertThat(sockets).allMatch(Transport::isOpen);
        return sockets;
    }

    private static void assertAllClosed(ChannelMap map, List<Transport> sockets) {
        assertThat(map.isEmpty()).isTrue();
        assertThat(sockets).noneMatch(Transport::isOpen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"I don't like spam!", ""})
    void testCompactTraceback(String message) {
        RuntimeException error = new IllegalStateException(message);

        CompactTraceback traceback = CompactTraceback.of(error);
        assertThat(traceback.file()).isEqualTo("HelperFunctionTest.java");
        assertThat(traceback.function()).isEqualTo("testCompactTraceback");
        assertThat(traceback.line()).isEqualTo(error.getStackTrace()[0].getLineNumber());
        assertThat(traceback.type()).isEqualTo(IllegalStateException.class);
        assertThat(traceback.value()).isEqualTo(message);
        assertThat(traceback.info())
                .endsWith("[HelperFunctionTest.java|testCompactTraceback|" + traceback.line() + "]");
        assertThat(traceback.toString()).contains(message, traceback.info());
    }
}

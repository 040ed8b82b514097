package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code test_asyncore.py}: {@code DispatcherTests}. */
@Timeout(60)
class DispatcherTest {

    private final ChannelMap map = new ChannelMap();

    @AfterEach
    void closeAll() {
        Asyncore.closeAll(map, true);
    }

    /** Nothing overridden; in this package, so that the protected defaults can be called. */
    private static class Plain extends Dispatcher {

        Plain(ChannelMap map) {
            super(map);
        }

        @Override
        protected boolean readable() {
            return super.readable();
        }

        @Override
        protected boolean writable() {
            return super.writable();
        }
    }

    @Test
    void testBasic() {
        Plain channel = new Plain(map);
        assertThat(channel.readable()).isTrue();
        assertThat(channel.writable()).isTrue();
    }

    /** The class alone, without a socket; what it does and where, with one. */
    @Test
    void testRepr() throws IOException {
        Dispatcher channel = new Dispatcher(map);
        assertThat(channel).hasToString("<io.asyncore.Dispatcher>");

        channel.createSocket();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.listen(1);
        assertThat(channel.toString())
                .startsWith("<io.asyncore.Dispatcher listening ")
                .contains(String.valueOf(channel.address()));
    }

    @Test
    @ResourceLock("log of io.asyncore")
    void testLog() {
        try (CapturedLog log = new CapturedLog()) {
            Dispatcher channel = new Dispatcher(map);
            channel.log("Lovely spam! Wonderful spam!");
            channel.log("I don't like spam!");
            assertThat(log.lines()).containsExactly("DEBUG Lovely spam! Wonderful spam!", "DEBUG I don't like spam!");
        }
    }

    /** The type chooses the level; types that are to be ignored are. */
    @Test
    @ResourceLock("log of io.asyncore")
    void testLogInfo() {
        try (CapturedLog log = new CapturedLog()) {
            Dispatcher channel = new Dispatcher(map);
            channel.logInfo("Have you got anything without spam?", "EGGS");
            channel.logInfo("Why can't she have egg bacon spam and sausage?", "info");
            channel.logInfo("THAT'S got spam in it!", "warning");
            channel.logInfo("SPAM!", "error");
            channel.setIgnoreLogTypes(Set.of("SPAM"));
            channel.logInfo("not as much spam as spam egg sausage and spam", "SPAM");
            assertThat(log.lines())
                    .containsExactly(
                            "INFO Have you got anything without spam?",
                            "INFO Why can't she have egg bacon spam and sausage?",
                            "WARN THAT'S got spam in it!",
                            "ERROR SPAM!");
        }
    }

    /** What nobody overrides says so, each event once. */
    @Test
    @ResourceLock("log of io.asyncore")
    void testUnhandled() throws Exception {
        try (CapturedLog log = new CapturedLog();
                ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Unhandling channel = new Unhandling(listener.getLocalSocketAddress(), map);
            Turns.until("connected", map, false, channel::isConnected);
            channel.callExpt();
            try (Socket peer = listener.accept()) {
                peer.getOutputStream().write('x');
                Turns.until("read", map, false, () -> log.lines().size() == 3);
                channel.callWrite();
            }
            assertThat(log.lines().stream().map(line -> line.replaceFirst("event.*", "event")))
                    .containsExactly(
                            "DEBUG " + channel + ": unhandled connect event",
                            "WARN unhandled incoming priority event",
                            "WARN unhandled read event",
                            "WARN unhandled write event");
        }
    }

    private static final class Unhandling extends Dispatcher {

        Unhandling(SocketAddress server, ChannelMap map) throws IOException {
            super(map);
            createSocket();
            connect(server);
        }

        void callExpt() throws Exception {
            handleExpt();
        }

        void callWrite() throws Exception {
            handleWrite();
        }
    }

    /** An error that the system reports never comes without words. */
    @Test
    void testStrerror() throws IOException {
        int port;
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
            Dispatcher second = new Dispatcher(map);
            second.createSocket();
            assertThatThrownBy(() -> second.bind(listener.getLocalSocketAddress()))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(Integer.toString(port))
                    .hasMessageContaining("in use");
        }
        List<Throwable> errors = new ArrayList<>();
        Dispatcher refused = new Dispatcher(map) {
            @Override
            protected void handleError(Throwable error) {
                errors.add(error);
            }
        };
        refused.createSocket();
        refused.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Turns.until("refused", map, false, () -> !errors.isEmpty());
        assertThat(errors)
                .singleElement()
                .isInstanceOf(IOException.class)
                .matches(error -> !error.getMessage().isBlank(), "has a message");
    }
}

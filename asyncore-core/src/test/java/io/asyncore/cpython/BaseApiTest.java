package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.Dispatcher;
import io.asyncore.SocketType;
import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.Transport;
import java.net.BindException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code test_asyncore.py}: {@code BaseTestAPI}, in every family of sockets and both dispatch orders. */
@ParameterizedClass(name = "{0}, usePoll={1}")
@MethodSource("matrix")
@Timeout(60)
class BaseApiTest extends ApiMatrix {

    static Stream<Arguments> matrix() {
        return Stream.of(Family.values()).flatMap(ApiMatrix::bothOrders);
    }

    @Test
    void testHandleConnect() throws Exception {
        StrictServer server = server(Strict::new);
        StrictClient client = new StrictClient(family.protocol, server.listensOn(), map) {
            @Override
            protected void handleConnect() {
                flag = true;
            }
        };
        assertThat(client.flag).as("never inside connect()").isFalse();
        untilFlag(client);
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void testHandleAccept() throws Exception {
        StrictListener listener = new StrictListener(family.protocol, family.freeAddress(directory), map) {
            @Override
            protected void handleAccept() {
                flag = true;
            }
        };
        new StrictClient(family.protocol, listener.listensOn(), map);
        untilFlag(listener);
    }

    @Test
    void testHandleAccepted() throws Exception {
        StrictListener listener = new StrictListener(family.protocol, family.freeAddress(directory), map) {
            @Override
            protected void handleAccept() throws Exception {
                super.handleAccept();
            }

            @Override
            protected void handleAccepted(Transport socket, SocketAddress address) {
                socket.close();
                flag = true;
            }
        };
        new StrictClient(family.protocol, listener.listensOn(), map) {
            @Override
            protected void handleClose() {} // the listener may hang up before this side has seen its connect
        };
        untilFlag(listener);
    }

    @Test
    void testHandleRead() throws Exception {
        StrictServer server = server(socket -> {
            Strict handler = new Strict(socket);
            handler.send(new byte[1024]);
            return handler;
        });
        StrictClient client = new StrictClient(family.protocol, server.listensOn(), map) {
            @Override
            protected void handleRead() {
                flag = true;
            }
        };
        untilFlag(client);
    }

    @Test
    void testHandleWrite() throws Exception {
        StrictServer server = server(Strict::new);
        StrictClient client = new StrictClient(family.protocol, server.listensOn(), map) {
            @Override
            protected void handleWrite() {
                flag = true;
            }
        };
        untilFlag(client);
    }

    @Test
    void testHandleClose() throws Exception {
        StrictServer server = server(socket -> {
            Strict handler = new Strict(socket);
            handler.close();
            return handler;
        });
        StrictClient client = new StrictClient(family.protocol, server.listensOn(), map) {
            @Override
            protected void handleRead() throws Exception {
                recv(1024);
            }

            @Override
            protected void handleClose() {
                flag = true;
                close();
            }
        };
        untilFlag(client);
        assertThat(client.isClosed()).isTrue();
    }

    /** A peer that hangs up with input unread resets the connection under a client that keeps on sending. */
    @Test
    void testHandleCloseAfterConnBroken() throws Exception {
        byte[] data = new byte[128];
        StrictServer server = server(socket -> new Strict(socket) {
            @Override
            protected void handleRead() throws Exception {
                recv(data.length);
                close();
            }

            @Override
            protected boolean writable() {
                return false;
            }
        });
        StrictClient client = new StrictClient(family.protocol, server.listensOn(), map) {
            @Override
            protected void handleWrite() throws Exception {
                send(data);
            }

            @Override
            protected void handleClose() {
                flag = true;
                close();
            }
        };
        untilFlag(client);
        assertThat(map.channels()).containsExactly(server);
    }

    @Test
    void testHandleError() throws Exception {
        StrictServer server = server(Strict::new);
        StrictClient client = new StrictClient(family.protocol, server.listensOn(), map) {
            @Override
            protected void handleWrite() {
                Math.floorDiv(1, 0);
            }

            @Override
            protected void handleError(Throwable error) {
                assertThat(error).isInstanceOf(ArithmeticException.class);
                flag = true;
            }
        };
        untilFlag(client);
    }

    @Test
    void testConnectionAttributes() throws Exception {
        StrictServer server = server(Strict::new);
        StrictClient client = new StrictClient(family.protocol, server.listensOn(), map);
        assertState(server, false, true);
        assertState(client, false, false);
        assertThat(client.isConnecting()).isTrue();

        Turns.until("connected and accepted", map, usePoll, () -> client.isConnected() && map.size() == 3);
        assertState(server, false, true);
        assertState(client, true, false);

        client.close();
        assertState(server, false, true);
        assertState(client, false, false);

        server.close();
        assertState(server, false, false);
    }

    private static void assertState(Dispatcher channel, boolean connected, boolean accepting) {
        assertThat(channel.isConnected()).as("%s is connected", channel).isEqualTo(connected);
        assertThat(channel.isAccepting()).as("%s is accepting", channel).isEqualTo(accepting);
    }

    /** A stream of the family that does not block and is not passed on to child processes. */
    @Test
    void testCreateSocket() throws Exception {
        StrictServer server = server(Strict::new);
        StrictClient client = new StrictClient(family.protocol, server.listensOn(), map);
        assertThat(client.socket()).isInstanceOf(StreamTransport.class);

        Turns.until("connected", map, usePoll, client::isConnected);
        assertThat(client.recv(ByteBuffer.allocate(1)))
                .as("nothing to read, and no wait")
                .isZero();
        Transport socket = Objects.requireNonNull(client.socket());
        assertThat(Objects.requireNonNull(socket.remoteAddress()).getClass())
                .isEqualTo(family.freeAddress(directory).getClass());
        assertThat(Descriptors.socketsOfAChild()).isEmpty();
    }

    /** The second bind of an address fails, at {@code bind}; for a Unix-domain path as well. */
    @Test
    void testBind() throws Exception {
        StrictServer first = server(Strict::new);
        Dispatcher second = new Dispatcher(map);
        second.createSocket(family.protocol, SocketType.STREAM);

        assertThatThrownBy(() -> second.bind(first.listensOn())).isInstanceOf(BindException.class);
    }
}

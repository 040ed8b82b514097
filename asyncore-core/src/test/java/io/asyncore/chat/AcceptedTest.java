package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.descriptors.Await;
import io.asyncore.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener of one's own makes of what it accepts, as in Python: any class, in the map of the moment or another. */
@Timeout(60)
class AcceptedTest {

    private static final String INPUT = "\0\0\0\1x\n";

    private final ChannelMap map = new ChannelMap();
    private final ChannelMap other = new ChannelMap();
    private final List<Dispatcher> accepted = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();

    private enum Kind {
        QUEUEING,
        CHAT,
        LINES,
        PREFIXED
    }

    @ParameterizedTest
    @EnumSource
    void joinsTheMapOfTheMoment(Kind kind) throws Exception {
        serve(kind, false);
        assertThat(accepted).extracting(Dispatcher::map).containsExactly(map);
    }

    @ParameterizedTest
    @EnumSource
    void joinsTheMapThatItIsGiven(Kind kind) throws Exception {
        serve(kind, true);
        assertThat(accepted).extracting(Dispatcher::map).containsExactly(other);
    }

    private void serve(Kind kind, boolean elsewhere) throws Exception {
        Dispatcher listener = new Dispatcher(map) {
            @Override
            protected void handleAccepted(Transport socket, SocketAddress address) {
                accepted.add(elsewhere ? make(kind, socket, other) : make(kind, socket));
            }
        };
        listener.createSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.listen(5);
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) listener.address()).getPort())) {
            client.getOutputStream().write(INPUT.getBytes(StandardCharsets.ISO_8859_1));
            Await.until("it is received", () -> {
                map.loop().poll(Duration.ofMillis(1));
                other.loop().poll(Duration.ofMillis(1));
                return !frames.isEmpty();
            });
        } finally {
            map.closeAll(true);
            other.closeAll(true);
        }
        assertThat(frames)
                .containsExactly(
                        switch (kind) {
                            case QUEUEING -> INPUT;
                            case CHAT, LINES -> "\0\0\0\1x";
                            case PREFIXED -> "x";
                        });
    }

    private Dispatcher make(Kind kind, Transport socket) {
        return switch (kind) {
            case QUEUEING -> new Queueing(socket);
            case CHAT -> new Chat(socket);
            case LINES -> new Line(socket);
            case PREFIXED -> new Prefixed(socket);
        };
    }

    private Dispatcher make(Kind kind, Transport socket, ChannelMap its) {
        return switch (kind) {
            case QUEUEING -> new Queueing(socket, its);
            case CHAT -> new Chat(socket, its);
            case LINES -> new Line(socket, its);
            case PREFIXED -> new Prefixed(socket, its);
        };
    }

    private final class Queueing extends DispatcherWithSend {
        Queueing(Transport socket) {
            super(socket);
        }

        Queueing(Transport socket, ChannelMap map) {
            super(socket, map);
        }

        @Override
        protected void handleRead() throws Exception {
            byte[] input = recv(100);
            if (input.length > 0) {
                frames.add(new String(input, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private final class Chat extends AsyncChat {
        Chat(Transport socket) {
            super(socket);
            setTerminator('\n');
        }

        Chat(Transport socket, ChannelMap map) {
            super(socket, map);
            setTerminator('\n');
        }

        @Override
        protected void foundTerminator() {
            ByteBuffer frame = ByteBuffer.wrap(getData());
            frames.add(StandardCharsets.ISO_8859_1.decode(frame).toString());
        }
    }

    private final class Line extends LineChat {
        Line(Transport socket) {
            super(socket);
        }

        Line(Transport socket, ChannelMap map) {
            super(socket, map);
        }

        @Override
        protected void handleLine(String line) {
            frames.add(line);
        }
    }

    private final class Prefixed extends LengthPrefixedChat {
        Prefixed(Transport socket) {
            super(socket);
        }

        Prefixed(Transport socket, ChannelMap map) {
            super(socket, map);
        }

        @Override
        protected void handleFrame(byte[] frame) {
            frames.add(new String(frame, StandardCharsets.ISO_8859_1));
        }
    }
}

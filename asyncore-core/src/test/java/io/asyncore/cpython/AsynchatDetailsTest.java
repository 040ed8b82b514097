package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.chat.AsyncChat;
import io.asyncore.chat.Terminator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code test_asynchat.py}: {@code TestAsynchatMocked}, {@code TestHelperFunctions}, {@code TestNotConnected}, and
 * {@code TestFifo} of 2.7. What they look at from inside is looked at here from outside.
 */
@Timeout(60)
class AsynchatDetailsTest {

    private final ChannelMap map = new ChannelMap();

    @AfterEach
    void closeAll() {
        Asyncore.closeAll(map, true);
    }

    private ChatClient lines(EchoPeer peer) throws IOException {
        return new ChatClient(Terminator.delimiter("\n"), peer, map);
    }

    /** A read although nothing is there: no error, no end, no data. */
    @Test
    void testBlockingioerror() throws Exception {
        try (EchoPeer peer = new EchoPeer(100).silent()) {
            ChatClient client = new ChatClient(Terminator.none(), peer, map) {
                @Override
                protected void handleError(Throwable error) {
                    throw new AssertionError("handleError is not supposed to be called", error);
                }
            };
            client.push("a" + EchoPeer.QUIT);
            Turns.until("the peer has heard it", map, false, () -> client.outBufferSize() == 0);
            assertThat(peer.heard()).isEqualTo("a");

            client.handleRead();
            assertThat(client.isConnected()).isTrue();
            assertThat(client.buffer).isEmpty();
            Turns.until("the echo", map, false, () -> client.buffer.toString().equals("a"));
        }
    }

    /** What may be the beginning of the terminator is held back, and nothing else. */
    @Test
    void testFindPrefixAtEnd() throws Exception {
        try (EchoPeer peer = new EchoPeer(7)) {
            ChatClient client = new ChatClient(Terminator.delimiter("\r\n"), peer, map) {
                @Override
                protected void handleRead() throws Exception {
                    super.handleRead();
                    if (contents.isEmpty()) {
                        assertThat(buffer).as("after the first piece").hasToString("qwerty");
                    }
                }
            };
            client.push("qwerty\r" + "\nqwerty" + "dkjf" + EchoPeer.QUIT);
            Turns.until("the peer hangs up", map, false, client::isClosed);
            assertThat(client.contents).containsExactly("qwerty");
            assertThat(client.buffer).hasToString("qwertydkjf");
        }
    }

    @Test
    void testDisallowNegativeTerminator() {
        AsyncChat unconnected = new AsyncChat(map) {
            @Override
            protected void foundTerminator() {}
        };
        assertThatIllegalArgumentException().isThrownBy(() -> unconnected.setTerminator(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Terminator.length(-1));
    }

    /** The queue of a chat: first in, first out, whatever is in it, and empty at the end. */
    @Test
    void testBasic() throws Exception {
        try (EchoPeer peer = new EchoPeer(100)) {
            ChatClient client = lines(peer);
            Iterator<String> second = List.of("b", "c").iterator();
            client.push("7");
            client.push("a");
            assertThat(client.outBufferSize()).isEqualTo(2);
            client.pushWithProducer(() -> second.hasNext() ? bytes(second.next()) : null);
            client.push("d\n");
            client.push(EchoPeer.QUIT);
            Turns.until("the peer hangs up", map, false, client::isClosed);
            assertThat(client.contents).containsExactly("7abcd");
            assertThat(client.outBufferSize()).isZero();
        }
    }

    /** A queue filled from a list that was there before. */
    @Test
    void testGivenList() throws Exception {
        try (EchoPeer peer = new EchoPeer(100)) {
            ChatClient client = lines(peer);
            Iterator<String> given =
                    Arrays.asList("x", "17", "3\n", EchoPeer.QUIT).iterator();
            client.pushWithProducer(() -> given.hasNext() ? bytes(given.next()) : null);
            Turns.until("the peer hangs up", map, false, client::isClosed);
            assertThat(client.contents).containsExactly("x173");
            assertThat(given.hasNext()).isFalse();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

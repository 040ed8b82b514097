package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.chat.Producer;
import io.asyncore.chat.SimpleProducer;
import io.asyncore.chat.Terminator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test_asynchat.py}: {@code TestAsynchat} and {@code TestAsynchat_WithPoll}. */
@ParameterizedClass(name = "usePoll={0}")
@ValueSource(booleans = {false, true})
@Timeout(60)
class AsynchatTest {

    private static final String TWO_LINES = "hello world\nI'm not dead yet!\n";
    private static final String SENTENCE = "hello world, I'm not dead yet!\n";

    @Parameter
    boolean usePoll;

    private final ChannelMap map = new ChannelMap();

    @AfterEach
    void closeAll() {
        Asyncore.closeAll(map, true);
    }

    /** Turns the loop until the peer has sent all and hung up. */
    private void loopToEnd(ChatClient client) {
        Turns.until("the peer hangs up", map, usePoll, client::isClosed);
    }

    private ChatClient lines(EchoPeer peer) throws IOException {
        return new ChatClient(Terminator.delimiter("\n"), peer, map);
    }

    private void lineTerminator(String terminator) throws Exception {
        for (int pieceSize = 1; pieceSize <= 3; pieceSize++) {
            try (EchoPeer peer = new EchoPeer(pieceSize)) {
                ChatClient client = new ChatClient(Terminator.delimiter(terminator), peer, map);
                client.push("hello ");
                client.push("world" + terminator);
                client.push("I'm not dead yet!" + terminator);
                client.push(EchoPeer.QUIT);
                loopToEnd(client);
                assertThat(client.contents)
                        .as("pieces of %d", pieceSize)
                        .containsExactly("hello world", "I'm not dead yet!");
            }
        }
    }

    @Test
    void testLineTerminator1() throws Exception {
        lineTerminator("\n");
    }

    @Test
    void testLineTerminator2() throws Exception {
        lineTerminator("\r\n");
    }

    @Test
    void testLineTerminator3() throws Exception {
        lineTerminator("qqq");
    }

    /** Fires every {@code length} bytes; Python's outcome, once and never again, takes a line in the callback. */
    private void numericTerminator(int length) throws Exception {
        try (EchoPeer peer = new EchoPeer(1)) {
            ChatClient client = new ChatClient(Terminator.length(length), peer, map) {
                @Override
                protected void foundTerminator() {
                    super.foundTerminator();
                    setTerminator(Terminator.none());
                }
            };
            client.push(SENTENCE + EchoPeer.QUIT);
            loopToEnd(client);
            assertThat(client.contents).containsExactly(SENTENCE.substring(0, length));
            assertThat(client.buffer).hasToString(SENTENCE.substring(length));
        }
        try (EchoPeer peer = new EchoPeer(1)) {
            ChatClient client = new ChatClient(Terminator.length(length), peer, map);
            client.push(SENTENCE + EchoPeer.QUIT);
            loopToEnd(client);
            assertThat(client.contents).hasSize(SENTENCE.length() / length).allMatch(frame -> frame.length() == length);
            assertThat(String.join("", client.contents) + client.buffer).isEqualTo(SENTENCE);
        }
    }

    @Test
    void testNumericTerminator1() throws Exception {
        numericTerminator(1);
    }

    @Test
    void testNumericTerminator2() throws Exception {
        numericTerminator(6);
    }

    @Test
    void testNoneTerminator() throws Exception {
        try (EchoPeer peer = new EchoPeer(1)) {
            ChatClient client = new ChatClient(Terminator.none(), peer, map);
            client.push(SENTENCE);
            client.push(EchoPeer.QUIT);
            loopToEnd(client);
            assertThat(client.contents).isEmpty();
            assertThat(client.buffer).hasToString(SENTENCE);
        }
    }

    private void twoLinesFrom(Producer producer) throws Exception {
        try (EchoPeer peer = new EchoPeer(1)) {
            ChatClient client = lines(peer);
            client.pushWithProducer(producer);
            loopToEnd(client);
            assertThat(client.contents).containsExactly("hello world", "I'm not dead yet!");
        }
    }

    @Test
    void testSimpleProducer() throws Exception {
        twoLinesFrom(new SimpleProducer(bytes(TWO_LINES + EchoPeer.QUIT), 8));
    }

    /** Python takes a bare string for a producer; here that is a producer of one piece, or simply {@code push}. */
    @Test
    void testStringProducer() throws Exception {
        byte[] all = bytes(TWO_LINES + EchoPeer.QUIT);
        twoLinesFrom(new SimpleProducer(all, all.length));
    }

    @Test
    void testEmptyLine() throws Exception {
        try (EchoPeer peer = new EchoPeer(1)) {
            ChatClient client = lines(peer);
            client.push("hello world\n\nI'm not dead yet!\n");
            client.push(EchoPeer.QUIT);
            loopToEnd(client);
            assertThat(client.contents).containsExactly("hello world", "", "I'm not dead yet!");
        }
    }

    /** Everything pushed before is delivered, nothing received after is parsed. */
    @Test
    void testCloseWhenDone() throws Exception {
        try (EchoPeer peer = new EchoPeer(1).silent()) {
            ChatClient client = lines(peer);
            client.push(TWO_LINES);
            client.push(EchoPeer.QUIT);
            client.closeWhenDone();
            loopToEnd(client);
            peer.next();
            assertThat(client.contents).isEmpty();
            assertThat(client.buffer).isEmpty();
            assertThat(peer.heard()).isEqualTo(TWO_LINES);
        }
    }

    /** Whatever is made of bytes can be pushed; the rest does not compile, see {@link UncompilableTest}. */
    @Test
    void testPush() throws Exception {
        try (EchoPeer peer = new EchoPeer(1)) {
            ChatClient client = lines(peer);
            client.push(bytes("bytes\n"));
            client.push(ByteBuffer.wrap(bytes("[bytes\n]"), 1, 6));
            client.push(ByteBuffer.allocateDirect(6).put(bytes("bytes\n")).flip());
            assertThatNullPointerException().isThrownBy(() -> client.push((byte[]) null));
            client.push(EchoPeer.QUIT);
            loopToEnd(client);
            assertThat(client.contents).isEqualTo(List.of("bytes", "bytes", "bytes"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

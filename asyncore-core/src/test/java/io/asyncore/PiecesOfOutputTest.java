package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.chat.LineChat;
import io.asyncore.chat.SimpleProducer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Output comes in pieces of all kinds and lengths, and leaves in the order in which it came. */
@Timeout(60)
class PiecesOfOutputTest {

    /** About what is put together before it is queued, and what a chunk holds. */
    private static final int[] LENGTHS = {1, 2, 31, 500, 3_000, 4_095, 4_096, 4_097, 8_192, 9_000};

    private static final int PIECES = 2_000;
    private static final int ROUNDS = 20;

    private final Random random = new Random(42);

    /** Notes what it should have sent. */
    private static final class Talker extends LineChat {
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();

        Talker(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleLine(String line) {}

        void say(int kind, String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            said.writeBytes(encoded);
            switch (kind) {
                case 0 -> push(text);
                case 1 -> push(encoded);
                case 2 -> push(ByteBuffer.wrap(encoded));
                case 3 -> pushWithProducer(new SimpleProducer(encoded, 1_000));
                default -> {
                    said.writeBytes(new byte[] {'\r', '\n'});
                    pushLine(text);
                }
            }
        }
    }

    private String piece() {
        String letter = switch (random.nextInt(10)) {
            case 0 -> "é";
            case 1 -> "\u0141"; // its low byte is that of an A
            case 2 -> "\uD83D\uDE00";
            default -> Character.toString('a' + random.nextInt(26));
        };
        return letter.repeat(LENGTHS[random.nextInt(LENGTHS.length)]);
    }

    private void assertHeard(Connection<Talker> connection) throws IOException {
        byte[] said = connection.channel.said.toByteArray();
        connection.channel.said.reset();
        byte[] heard = new byte[said.length];
        int length = 0;
        while (length < heard.length) {
            Asyncore.poll(Duration.ZERO, connection.map);
            int available = Math.min(connection.peer.getInputStream().available(), heard.length - length);
            length += connection.peer.getInputStream().read(heard, length, available);
        }
        assertThat(heard).isEqualTo(said);
        Connection.pollUntil(connection.map, () -> connection.channel.outBufferSize() == 0);
    }

    /** Two channels that take turns, as what they send is put together in the same place. */
    @Test
    void allOfItArrivesInOrder() throws Exception {
        ChannelMap map = new ChannelMap();
        try (Connection<Talker> first = new Connection<>(map, Talker::new);
                Connection<Talker> second = new Connection<>(map, Talker::new)) {
            for (int round = 0; round < ROUNDS; round++) {
                map.loop().execute(() -> {
                    for (int i = 0; i < PIECES / ROUNDS; i++) {
                        Talker talker = random.nextBoolean() ? first.channel : second.channel;
                        talker.say(random.nextInt(5), piece());
                    }
                });
                Asyncore.poll(Duration.ZERO, map);
                assertHeard(first);
                assertHeard(second);
            }
        }
    }

    @Test
    void smallPiecesAreCountedAtOnce() throws Exception {
        try (Connection<Talker> connection = new Connection<>(new ChannelMap(), Talker::new)) {
            connection.map.loop().execute(() -> {
                connection.channel.push(new byte[3]);
                connection.channel.push("four");
                assertThat(connection.channel.outBufferSize()).isEqualTo(7);
                connection.channel.discardBuffers();
                assertThat(connection.channel.outBufferSize()).isZero();
                connection.channel.say(1, "the rest");
            });
            Asyncore.poll(Duration.ZERO, connection.map);
            assertHeard(connection);
        }
    }

    /** What is put together for it belongs to the loop that it leaves. */
    @Test
    void smallPiecesMoveAlongWithTheirChannel() throws Exception {
        ChannelMap next = new ChannelMap();
        try (Connection<Talker> connection = new Connection<>(new ChannelMap(), Talker::new)) {
            connection.map.loop().execute(() -> {
                connection.channel.say(1, "said here, ");
                next.add(connection.channel);
            });
            Asyncore.poll(Duration.ZERO, connection.map);
            next.loop().execute(() -> connection.channel.say(0, "and said there"));
            Connection.pollUntil(next, () -> connection.channel.outBufferSize() == 0);
            byte[] expected = connection.channel.said.toByteArray();
            assertThat(connection.peer.getInputStream().readNBytes(expected.length))
                    .isEqualTo(expected);
            next.closeAll(true);
        }
    }
}

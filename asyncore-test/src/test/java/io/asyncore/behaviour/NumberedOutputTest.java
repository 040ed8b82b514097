package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.test.SimulatedPeer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number and the data behind it leave in one piece, whatever their length and whatever waits before them. */
class NumberedOutputTest {

    /** Pieces of so many bytes are put together with others, and longer ones are not. */
    private static final int TOGETHER = 4 * 1024;

    /** Each of its bytes is another, and it is negative where all are sent. */
    private static final long NUMBER = 0x8192_A3B4_C5D6_E7F8L;

    /** Notes what must arrive. */
    private static final class Author extends Sender {

        private final Simulation run;
        private final ByteArrayOutputStream expected = new ByteArrayOutputStream();

        Author(Simulation run) {
            this.run = run;
        }

        private void sendSome(int length) {
            byte[] data = run.randomBytes(length);
            expected.writeBytes(data);
            assertThat(send(data)).isEqualTo(length);
        }

        private void sendSomeFromSource(int length) {
            byte[] data = run.randomBytes(length);
            expected.writeBytes(data);
            int[] pieces = {0};
            sendFrom(() -> pieces[0]++ == 0 ? data : null);
        }

        private void sendNumbered(int width, int length) {
            byte[] data = run.randomBytes(length);
            byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(NUMBER).array();
            expected.write(number, Long.BYTES - width, width);
            expected.writeBytes(data);
            assertThat(sendBehind(NUMBER, width, data)).isEqualTo(width + length);
        }

        private void refusesOtherWidths() {
            for (int width : List.of(-1, 0, 9)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> sendBehind(1, width, new byte[1]))
                        .withMessageContaining("not " + width);
            }
        }
    }

    private interface Case {
        void play(Author author, int before, int width, int length);
    }

    /** Around every bound that can decide whether all is put together. */
    private static void playAll(int width, Case one, boolean inCallback) {
        Simulation run = Simulation.calm();
        Author author = new Author(run);
        run.serve(() -> author);
        SimulatedPeer peer = run.connect();
        int room = TOGETHER - width;
        for (int before : List.of(0, 1, width, TOGETHER)) {
            int left = Math.max(1, room - before);
            for (int length : List.of(0, left - 1, left, left + 1, room, room + 1, TOGETHER)) {
                Runnable action = () -> one.play(author, before, width, length);
                if (inCallback) {
                    run.inCallback(author, action);
                } else {
                    action.run();
                }
                run.runUntil(() -> peer.receivedCount() == author.expected.size());
                assertThat(peer.received())
                        .as("%s bytes behind %s, %s before them", length, width, before)
                        .isEqualTo(author.expected.toByteArray());
                assertThat(author.outBufferSize()).isZero();
            }
        }
        author.refusesOtherWidths();
        run.end();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8})
    void behindWhatWaits(int width) {
        playAll(width, NumberedOutputTest::betweenOthers, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void fromOutsideOfTheLoop(int width) {
        playAll(width, NumberedOutputTest::betweenOthers, false);
    }

    private static void betweenOthers(Author author, int before, int width, int length) {
        author.sendSome(before);
        author.sendNumbered(width, length);
        author.sendNumbered(width, 0);
        author.sendSome(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void behindASource(int width) {
        playAll(
                width,
                (author, before, bytes, length) -> {
                    author.sendSomeFromSource(before + 1);
                    author.sendNumbered(bytes, length);
                    author.sendSome(1);
                },
                true);
    }
}

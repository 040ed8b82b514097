package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.asyncore.chat.AsyncChat;
import io.asyncore.chat.LengthPrefixedChat;
import io.asyncore.chat.LineChat;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What is left to the garbage collector for each message: nothing, but the {@code String} of a line and the array of a
 * frame. What a turn leaves is shared by its messages.
 */
class GarbageTest {

    private static final int CHANNELS = 100;
    private static final int TURNS = 100;
    private static final int FRAME = 28;

    /** The compiler takes its time, and now and then the JVM or a report of a slow callback takes some memory. */
    private static final int ROUNDS = 30;

    private static final int MESSAGES = CHANNELS * TURNS;

    private static final class Echo extends DispatcherWithSend {
        @Override
        protected void handleRead() throws Exception {
            send(recv());
        }
    }

    private static final class Lines extends LineChat {
        @Override
        protected void handleLine(String line) {
            pushLine(line);
        }
    }

    private static final class Frames extends AsyncChat {

        private static final byte[] END = {'\n'};

        Frames() {
            setTerminator('\n');
        }

        @Override
        protected void foundTerminator() {
            push(getData());
            push(END);
        }
    }

    private static final class Prefixed extends LengthPrefixedChat {
        @Override
        protected void handleFrame(byte[] frame) {
            pushFrame(frame);
        }
    }

    /** Bytes that this thread allocates for each time that the input arrives, once that is no more than so many. */
    private static void assertAllocates(double most, Supplier<Dispatcher> channels, byte[] input) {
        NullWire wire = new NullWire(input);
        for (int i = 0; i < CHANNELS; i++) {
            wire.attach(channels.get());
        }
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > most; round++) {
            wire.written = 0;
            long before = allocated();
            wire.loop.run(TURNS);
            least = Math.min(least, (double) (allocated() - before) / MESSAGES);
            assertThat(wire.written).as("bytes sent").isGreaterThanOrEqualTo((long) MESSAGES * input.length);
        }
        wire.loop.map().closeAll(false);
        assertThat(least).as("bytes for each message").isLessThanOrEqualTo(most);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** A string of one line, as this JVM makes it. */
    private static double bytesOfOneString(byte[] line) {
        String[] kept = new String[MESSAGES];
        long before = allocated();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = new String(line, 0, line.length, StandardCharsets.UTF_8);
        }
        return (double) (allocated() - before) / MESSAGES;
    }

    @Test
    void aSmallEchoLeavesNone() {
        assertAllocates(0.9, Echo::new, new byte[64]);
    }

    /** Written past the queue. */
    @Test
    void aLargeEchoLeavesNone() {
        assertAllocates(0.9, Echo::new, new byte[16 * 1024]);
    }

    /** Queued, and written in one go. */
    @Test
    void whatIsSentInPiecesLeavesNone() {
        byte[] first = new byte[3_000];
        ByteBuffer reused = ByteBuffer.wrap(first);
        Supplier<Dispatcher> twice = () -> new DispatcherWithSend() {
            @Override
            protected void handleRead() throws Exception {
                send(reused.clear());
                send(recv());
            }
        };
        assertAllocates(0.9, twice, new byte[4_000]);
    }

    @Test
    void aLineIsItsStringAndNothingElse() {
        byte[] line = "a line of thirty-one characters".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer input = ByteBuffer.allocate(16 * (line.length + 1));
        for (int i = 0; i < 16; i++) {
            input.put(line).put((byte) '\n');
        }
        assertAllocates(16 * bytesOfOneString(line) + 1, Lines::new, input.array());
    }

    /** An array of this length, as this JVM makes it. */
    private static double bytesOfOneArray(int length) {
        byte[][] kept = new byte[MESSAGES][];
        long before = allocated();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = new byte[length];
        }
        return (double) (allocated() - before) / MESSAGES;
    }

    @Test
    void aDelimitedFrameIsItsArrayAndNothingElse() {
        ByteBuffer input = ByteBuffer.allocate(16 * (FRAME + 1));
        while (input.hasRemaining()) {
            input.put(new byte[FRAME]).put((byte) '\n');
        }
        assertAllocates(16 * bytesOfOneArray(FRAME) + 1, Frames::new, input.array());
    }

    @Test
    void aFrameBehindItsLengthIsItsArrayAndNothingElse() {
        ByteBuffer input = ByteBuffer.allocate(16 * (Integer.BYTES + FRAME));
        while (input.hasRemaining()) {
            input.putInt(FRAME).put(new byte[FRAME]);
        }
        assertAllocates(16 * bytesOfOneArray(FRAME) + 1, Prefixed::new, input.array());
    }
}

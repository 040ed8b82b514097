package io.asyncore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a loop lends to callbacks of one depth to read into: each depth of nested polls has its own, so that an inner poll
 * leaves the outer handler's bytes alone. Confined to the loop's thread.
 *
 * <p>If another channel has it in this very callback (a chat in the middle of its input, whose handler reads somebody else),
 * that one keeps it, and who comes later gets a buffer of its own.
 */
final class Loan {

    private static final int SIZE = 64 * 1024;

    /** In tests: what a handler keeps of a lent buffer after its time turns into this. */
    private static final byte @Nullable [] OVERWRITTEN =
            Boolean.getBoolean("io.asyncore.overwriteReadBuffer") ? filled((byte) 0xDD) : null;

    private final boolean withinCallback;
    private @Nullable Channel holder;
    private @Nullable ByteBuffer direct;
    private @Nullable ByteBuffer array;

    /** @param withinCallback outside of any there is nobody who could still have it */
    Loan(boolean withinCallback) {
        this.withinCallback = withinCallback;
    }

    /** Empty, in the byte order of any new buffer, and for system calls without copying. */
    ByteBuffer direct(Channel channel) {
        if (isTakenFrom(channel)) {
            return ByteBuffer.allocate(SIZE); // the heap's, which is rid of it sooner
        }
        if (direct == null) {
            direct = ByteBuffer.allocateDirect(SIZE);
        }
        overwrite(direct);
        return direct.clear().order(ByteOrder.BIG_ENDIAN);
    }

    /** The same, with an array. */
    ByteBuffer array(Channel channel) {
        if (isTakenFrom(channel)) {
            return ByteBuffer.allocate(SIZE);
        }
        if (array == null) {
            array = ByteBuffer.allocate(SIZE);
        }
        overwrite(array);
        return array.clear().order(ByteOrder.BIG_ENDIAN);
    }

    /** Has another one got it? If not, this one has it from now on. */
    private boolean isTakenFrom(Channel channel) {
        if (holder != null && holder != channel && withinCallback) {
            return true;
        }
        holder = channel;
        return false;
    }

    /** The callback has returned. */
    void end() {
        if (holder != null) {
            holder = null;
            overwrite(direct);
            overwrite(array);
        }
    }

    private static void overwrite(@Nullable ByteBuffer lent) {
        if (OVERWRITTEN != null && lent != null) {
            lent.clear().put(OVERWRITTEN).limit(0);
        }
    }

    private static byte[] filled(byte value) {
        byte[] all = new byte[SIZE];
        Arrays.fill(all, value);
        return all;
    }
}

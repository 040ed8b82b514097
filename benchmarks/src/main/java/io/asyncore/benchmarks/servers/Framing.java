package io.asyncore.benchmarks.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One connection's input cut into messages, as a hand-written server does it. Confined to its server's thread. */
final class Framing {

    private static final byte[] NOTHING = {};

    /** What the connections of a thread share: room for what one has left over and one read. */
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final Protocol protocol;
    private final Scratch scratch = SCRATCH.get();
    private byte[] leftOver = NOTHING;

    Framing(Protocol protocol) {
        this.protocol = protocol;
    }

    /** The answers to all messages that are complete; to be written before another connection is served. */
    ByteBuffer answer(ByteBuffer input) throws IOException {
        byte[] bytes = scratch.bytes;
        int end = leftOver.length + input.remaining();
        System.arraycopy(leftOver, 0, bytes, 0, leftOver.length);
        input.get(bytes, leftOver.length, input.remaining());
        int from = 0;
        scratch.output.clear();
        for (int next = endOfMessage(bytes, from, end); next > 0; next = endOfMessage(bytes, from, end)) {
            answer(bytes, from, next);
            from = next;
        }
        if (end - from > Protocol.MAX_FRAME + Protocol.PREFIX) {
            throw new IOException("a message is longer than " + Protocol.MAX_FRAME + " bytes");
        }
        leftOver = from == end ? NOTHING : Arrays.copyOfRange(bytes, from, end);
        return scratch.output.flip();
    }

    /** Behind the first message, or 0 if it is not complete. */
    private int endOfMessage(byte[] bytes, int from, int end) throws IOException {
        if (protocol == Protocol.PREFIXED) {
            return endOfPrefixed(bytes, from, end);
        }
        for (int i = from; i < end; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private static int endOfPrefixed(byte[] bytes, int from, int end) throws IOException {
        if (end - from < Protocol.PREFIX) {
            return 0;
        }
        int length = ByteBuffer.wrap(bytes).getInt(from);
        if (length < 0 || length > Protocol.MAX_FRAME) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return from + Protocol.PREFIX + length <= end ? from + Protocol.PREFIX + length : 0;
    }

    private void answer(byte[] bytes, int from, int to) {
        if (protocol == Protocol.LINE) {
            String line = new String(bytes, from, to - 1 - from, StandardCharsets.UTF_8);
            scratch.output.put(line.getBytes(StandardCharsets.UTF_8)).put((byte) '\n');
        } else {
            scratch.output.put(bytes, from, to - from);
        }
    }

    private static final class Scratch {

        private final byte[] bytes = new byte[3 * Protocol.MAX_FRAME];
        private final ByteBuffer output = ByteBuffer.allocateDirect(bytes.length);
    }
}

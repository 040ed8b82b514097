package io.asyncore.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a client has received and was not yet asked for, and how it waits for more: what does not come, or not in time, is an
 * {@link AssertionError} that shows what came instead. For one thread at a time.
 */
final class Received {

    private static final int LONGEST_LINE = 16 * 1024 * 1024;

    private final SocketAddress server;

    /** Ready to be read. */
    private final ByteBuffer input = ByteBuffer.allocate(16 * 1024).limit(0);

    /** @param server from whom, for messages */
    Received(SocketAddress server) {
        this.server = server;
    }

    boolean isEmpty() {
        return !input.hasRemaining();
    }

    /** Takes what is there, without waiting. */
    byte[] rest() {
        byte[] bytes = new byte[input.remaining()];
        input.get(bytes);
        return bytes;
    }

    /** Waits for so many bytes and takes them. */
    byte[] bytes(String what, int count, ByteStream stream, Duration timeout) {
        return until(what, count, false, stream, timeout);
    }

    /** Waits for a line and takes it; its end is not returned. */
    byte[] line(String what, ByteStream stream, Duration timeout) {
        byte[] line = until(what, LONGEST_LINE, true, stream, timeout);
        boolean hasReturn = line.length > 0 && line[line.length - 1] == '\r';
        return hasReturn ? Arrays.copyOf(line, line.length - 1) : line;
    }

    /** Up to so many bytes, or up to a line feed, which is taken and not returned. */
    private byte[] until(String what, int most, boolean line, ByteStream stream, Duration timeout) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Deadline deadline = Deadline.in(timeout);
        try {
            while (read.size() < most) {
                if (!fill(stream, deadline)) {
                    throw new AssertionError("expected " + what + ", but " + server + " has closed" + after(read));
                }
                byte next = input.get();
                if (line && next == '\n') {
                    break;
                }
                read.write(next);
            }
            return read.toByteArray();
        } catch (IOException e) {
            String problem = Explained.of(e, read.size() == 0 ? "nothing came" : "nothing more came", timeout);
            throw new AssertionError("expected " + what + " from " + server + ": " + problem + after(read), e);
        }
    }

    private static String after(ByteArrayOutputStream read) {
        return read.size() == 0 ? "" : " after " + Quoted.of(read.toByteArray());
    }

    /** Waits until there is something. False at the end. */
    boolean fill(ByteStream stream, Deadline deadline) throws IOException {
        if (input.hasRemaining()) {
            return true;
        }
        input.clear();
        try {
            return stream.read(input, deadline) >= 0;
        } finally {
            input.flip();
        }
    }
}

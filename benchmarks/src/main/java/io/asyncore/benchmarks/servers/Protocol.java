package io.asyncore.benchmarks.servers;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a server speaks. It answers each message with the same bytes, and unless said otherwise to its sender alone. */
public enum Protocol {
    /** Whatever arrives. */
    ECHO,
    /** Lines that end with a line feed; the handler sees each as a {@code String}. */
    LINE,
    /** The same bytes, but the handler sees each frame without a {@code String} being made. */
    FRAMES,
    /** Frames behind their length in four bytes, the highest first; no {@code String} either. */
    PREFIXED,
    /** Whatever arrives goes to every connection, its sender's included. */
    BROADCAST;

    /** The longest message that a server must take. */
    public static final int MAX_FRAME = 64 * 1024;

    /** The bytes of the length before a frame. */
    public static final int PREFIX = 4;

    private static final int LETTERS = 26;

    /** The one with this name, in whatever case. */
    public static Protocol named(String name) {
        for (Protocol protocol : values()) {
            if (protocol.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return protocol;
            }
        }
        String all = Arrays.stream(values()).map(Protocol::toString).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("no such protocol: " + name + "; there are " + all);
    }

    /** The smallest message in bytes, all included. */
    public int smallest() {
        return this == PREFIXED ? PREFIX + 1 : 2;
    }

    /**
     * Appends one message.
     *
     * @param size its bytes on the wire, all included
     * @param seed messages of different seeds differ
     */
    public void append(ByteBuffer target, int size, int seed) {
        int start = target.position();
        if (this == PREFIXED) {
            target.putInt(size - PREFIX);
        }
        int letter = seed;
        while (target.position() - start < size) {
            target.put((byte) ('a' + letter % LETTERS));
            letter = letter * 31 + 7 & Short.MAX_VALUE;
        }
        if (this == LINE || this == FRAMES) {
            target.put(target.position() - 1, (byte) '\n');
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

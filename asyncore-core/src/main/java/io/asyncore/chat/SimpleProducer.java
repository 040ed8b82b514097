package io.asyncore.chat;

import java.util.Arrays;

/**
 * Hands out an array in pieces. Python's {@code asynchat.simple_producer}. May be made on any thread, and is confined to
 * the loop's from the moment that it is pushed.
 */
public final class SimpleProducer implements Producer {

    private static final int DEFAULT_PIECE = 512;

    private final byte[] data;
    private final int pieceSize;
    private int position;

    /** In pieces of 512 bytes. */
    public SimpleProducer(byte[] data) {
        this(data, DEFAULT_PIECE);
    }

    /**
     * In pieces of a given size.
     *
     * @param data not copied: leave it alone until it is sent
     * @param pieceSize in bytes, at least 1
     */
    public SimpleProducer(byte[] data, int pieceSize) {
        if (pieceSize < 1) {
            throw new IllegalArgumentException("pieceSize must be at least 1, not " + pieceSize);
        }
        this.data = data;
        this.pieceSize = pieceSize;
    }

    @Override
    public byte[] more() {
        int end = Math.min(data.length, position + pieceSize);
        byte[] piece = Arrays.copyOfRange(data, position, end);
        position = end;
        return piece;
    }
}

package io.asyncore.chat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hands out a file in pieces of 64 KiB, opening it with the first and closing it after the last, or when
 * its channel drops its output. May be made on any thread, and is confined to the loop's from the moment that it is pushed.
 *
 * <p>Reads on the loop's thread: right for files on a local disk. The file is a {@link RandomAccessFile} because a NIO
 * channel would be closed by an interrupt of the loop's thread.
 */
public final class FileProducer implements Producer, AutoCloseable {

    private static final int PIECE = 64 * 1024;

    private final Path path;
    private @Nullable RandomAccessFile file;
    private boolean done;

    /** Opens nothing yet. */
    public FileProducer(Path path) {
        this.path = path;
    }

    @Override
    public byte @Nullable [] more() throws IOException {
        if (done) {
            return null;
        }
        if (file == null) {
            file = new RandomAccessFile(path.toFile(), "r");
        }
        byte[] piece = new byte[PIECE];
        int count = file.read(piece);
        if (count < 0) {
            close();
            return null;
        }
        return count == PIECE ? piece : Arrays.copyOf(piece, count);
    }

    /** Closes the file before its end: for a channel that closed before everything was sent. */
    @Override
    public void close() throws IOException {
        done = true;
        if (file != null) {
            file.close();
            file = null;
        }
    }
}

package io.asyncore;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file, pipe or other stream that looks like a socket: what a {@link FileDispatcher} is made on. Copies share the file
 * and are closed one by one; the last closes the file. Python's {@code asyncore.file_wrapper}.
 *
 * <p>Safe for use by any thread. {@link #recv} and {@link #send} block as the file does; a {@code FileDispatcher} does
 * not.
 */
public final class FileWrapper implements AutoCloseable {

    private final FileHandle handle;
    private volatile boolean closed;

    private FileWrapper(FileHandle handle) {
        this.handle = handle;
    }

    /** Another one on the same file: closing either leaves the other open. Python duplicates the descriptor. */
    public FileWrapper(FileWrapper original) {
        this(original.shared());
    }

    /** A file or FIFO to read. It is opened by the first read, as opening a FIFO waits for a writer. */
    public static FileWrapper forReading(Path path) {
        return new FileWrapper(
                new FileHandle(true, false, () -> FileHandle.Streams.of(new FileInputStream(path.toFile()))));
    }

    /** A file or FIFO to write, from its beginning. It is opened by the first write. */
    public static FileWrapper forWriting(Path path) {
        return new FileWrapper(
                new FileHandle(false, true, () -> FileHandle.Streams.of(new FileOutputStream(path.toFile()))));
    }

    /** A stream to read, such as the output of a child process. */
    public static FileWrapper of(InputStream in) {
        return new FileWrapper(new FileHandle(FileHandle.Streams.of(in)));
    }

    /** A stream to write, such as the input of a child process. */
    public static FileWrapper of(OutputStream out) {
        return new FileWrapper(new FileHandle(FileHandle.Streams.of(out)));
    }

    /** A file to read and write from where it stands. */
    public static FileWrapper of(RandomAccessFile file) {
        return new FileWrapper(new FileHandle(FileHandle.Streams.of(file)));
    }

    /** Standard input, which is never closed. */
    public static FileWrapper standardInput() {
        InputStream in = System.in;
        return new FileWrapper(new FileHandle(new FileHandle.Streams(in::read, null, () -> {})));
    }

    synchronized FileHandle shared() {
        if (closed) {
            throw new IllegalStateException("this file is closed");
        }
        return handle.retain();
    }

    /** Reads once, up to so many bytes; empty at the end of the file. May block. Python's {@code recv} and {@code read}. */
    public byte[] recv(int max) throws IOException {
        checkOpen();
        byte[] bytes = new byte[max];
        return Arrays.copyOf(bytes, Math.max(0, handle.read(bytes, 0, max)));
    }

    /** Writes all of it and returns how much that was. May block. Python's {@code send} and {@code write}. */
    public int send(byte[] data) throws IOException {
        checkOpen();
        handle.write(data, 0, data.length);
        return data.length;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("this file is closed");
        }
    }

    /** Closes this one; harmless when it is closed already. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            handle.release();
        }
    }
}

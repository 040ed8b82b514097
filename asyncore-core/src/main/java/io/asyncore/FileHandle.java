package io.asyncore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * An open file shared by everything that was made from it, and closed by the last. Safe for use by any thread; reading,
 * writing and the opening that the first of them does may block.
 */
final class FileHandle {

    /** Opens late, because opening a FIFO waits for its other end. */
    @FunctionalInterface
    interface Opener {
        Streams open() throws IOException;
    }

    @FunctionalInterface
    interface Reader {
        int read(byte[] target, int offset, int length) throws IOException;
    }

    @FunctionalInterface
    interface Writer {
        void write(byte[] source, int offset, int length) throws IOException;
    }

    /** What can be done with the file; null for what cannot. */
    record Streams(@Nullable Reader reader, @Nullable Writer writer, Closeable closeable) {

        static Streams of(InputStream in) {
            return new Streams(in::read, null, in);
        }

        static Streams of(OutputStream out) {
            return new Streams(
                    null,
                    (source, offset, length) -> {
                        out.write(source, offset, length);
                        out.flush();
                    },
                    out);
        }

        static Streams of(RandomAccessFile file) {
            return new Streams(file::read, file::write, file);
        }
    }

    private final boolean readable;
    private final boolean writable;
    private final Opener opener;
    private final Object opening = new Object();
    private volatile @Nullable Streams streams;
    private int users = 1;

    FileHandle(boolean readable, boolean writable, Opener opener) {
        this.readable = readable;
        this.writable = writable;
        this.opener = opener;
    }

    /** One that is open already. */
    FileHandle(Streams open) {
        this(open.reader() != null, open.writer() != null, () -> open);
        streams = open;
    }

    boolean isReadable() {
        return readable;
    }

    boolean isWritable() {
        return writable;
    }

    int read(byte[] target, int offset, int length) throws IOException {
        Reader reader = opened().reader();
        if (reader == null) {
            throw new IOException("the file was not opened for reading");
        }
        return reader.read(target, offset, length);
    }

    void write(byte[] source, int offset, int length) throws IOException {
        Writer writer = opened().writer();
        if (writer == null) {
            throw new IOException("the file was not opened for writing");
        }
        writer.write(source, offset, length);
    }

    /** Opens the file, if that has not been done: may wait for the other end of a FIFO. */
    void open() throws IOException {
        opened();
    }

    private Streams opened() throws IOException {
        synchronized (opening) {
            Streams open = streams;
            if (open == null) {
                open = opener.open();
                streams = open;
                closeIfUnused(open);
            }
            return open;
        }
    }

    /** All may have closed while it was being opened. */
    private void closeIfUnused(Streams open) throws IOException {
        synchronized (this) {
            if (users > 0) {
                return;
            }
        }
        open.closeable().close();
        throw new IOException("the file was closed while it was being opened");
    }

    synchronized FileHandle retain() {
        if (users == 0) {
            throw new IllegalStateException("the file is closed");
        }
        users++;
        return this;
    }

    /** One user less; closing may block where reading does. */
    void release() throws IOException {
        synchronized (this) {
            if (users == 0 || --users > 0) {
                return;
            }
        }
        Streams open = streams;
        if (open != null) {
            open.closeable().close();
        }
    }
}

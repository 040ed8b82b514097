package io.asyncore;

import io.asyncore.transport.Poller;
import io.asyncore.transport.Registration;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/** A file as a transport: no poller can watch it, so a {@link FilePump} does the blocking and says when it is ready. */
final class FileTransport implements Transport {

    /** How a pipe fails that nobody reads any more, and how that of a child process that has ended. */
    private static final Set<String> PEER_GONE = Set.of("Broken pipe", "Stream closed");

    private final FileHandle handle;
    private final FilePump pump;
    private volatile boolean open = true;

    FileTransport(FileHandle handle) {
        this.handle = handle;
        this.pump = new FilePump(handle);
    }

    static boolean isPeerGone(IOException e) {
        return e.getMessage() != null && PEER_GONE.contains(e.getMessage());
    }

    @Override
    public Registration register(Poller poller, Object channel) {
        pump.announceTo(((Dispatcher) channel)::interestChanged);
        return new Registration() {
            @Override
            public void interest(int ops) {
                pump.keepReading((ops & READ) != 0 && handle.isReadable());
            }

            @Override
            public void cancel() {
                pump.keepReading(false);
            }
        };
    }

    @Override
    public int localReadiness() {
        return (pump.hasInput() ? READ : 0) | (handle.isWritable() && pump.takesOutput() ? WRITE : 0);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return pump.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (!handle.isWritable()) {
            throw new IOException("the file was not opened for writing");
        }
        return pump.write(source);
    }

    /** What can be read, too, has no end of its output but its own. */
    @Override
    public void shutdownOutput() {
        if (!handle.isReadable()) {
            close();
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            pump.close();
        }
    }
}

package io.asyncore;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that does a file's blocking calls, with at most one buffer in flight each way. The loop's thread hands
 * over and takes away under the monitor; the blocking happens outside of it.
 */
final class FilePump implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(FileDispatcher.class);
    private static final int BUFFER_SIZE = 16 * 1024;

    private final FileHandle handle;
    private Runnable ready = () -> {};
    private @Nullable Thread thread;
    private boolean reading;
    private boolean closing;
    private boolean busy;
    private @Nullable ByteBuffer input;
    private @Nullable ByteBuffer output;
    private boolean ended;
    private @Nullable IOException failure;
    private boolean failed;
    private boolean released;

    FilePump(FileHandle handle) {
        this.handle = handle;
    }

    // ---- the loop's side: never blocks ----

    synchronized void announceTo(Runnable onReady) {
        ready = onReady;
    }

    synchronized void keepReading(boolean yes) {
        reading = yes;
        if (yes) {
            wake();
        }
    }

    synchronized boolean hasInput() {
        return input != null || ended || failure != null;
    }

    synchronized boolean takesOutput() {
        return output == null;
    }

    synchronized int read(ByteBuffer target) throws IOException {
        ByteBuffer from = input;
        if (from != null) {
            int count = Math.min(from.remaining(), target.remaining());
            target.put(target.position(), from, from.position(), count).position(target.position() + count);
            if (!from.position(from.position() + count).hasRemaining()) {
                input = null;
                wake();
            }
            return count;
        }
        IOException error = failure;
        if (error != null) {
            failure = null;
            ended = true;
            throw error;
        }
        return ended ? -1 : 0;
    }

    synchronized int write(ByteBuffer source) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (output != null || closing) {
            return 0;
        }
        int count = Math.min(BUFFER_SIZE, source.remaining());
        output = ByteBuffer.allocate(count).put(0, source, source.position(), count);
        source.position(source.position() + count);
        wake();
        return count;
    }

    /** Output that was handed over is still written; the file is closed after that. */
    synchronized void close() {
        closing = true;
        if (thread == null) {
            releaseHandle();
        } else if (busy && output == null) {
            // stuck in a read: closing may wait for it, and must not do so here
            Thread closer = new Thread(this::releaseHandle, "asyncore-file-close");
            closer.setDaemon(true);
            closer.start();
        } else {
            notifyAll();
        }
    }

    private void wake() {
        if (thread == null && !closing) {
            thread = new Thread(this, "asyncore-file");
            thread.setDaemon(true);
            thread.start();
        } else {
            notifyAll();
        }
    }

    // ---- the pump's side: blocks ----

    @Override
    public void run() {
        try {
            while (awaitWork()) {
                pumpOnce();
                announce();
            }
        } catch (InterruptedException e) {
            failed(new InterruptedIOException("the thread of a file was interrupted"), false);
            announce();
        } finally {
            releaseHandle();
        }
    }

    private void announce() {
        Runnable announcement;
        synchronized (this) {
            busy = false;
            announcement = ready;
            if (closing && output == null) {
                return;
            }
        }
        announcement.run();
    }

    /** False when it is time to go. */
    private synchronized boolean awaitWork() throws InterruptedException {
        while (output == null && !wantsInput()) {
            if (closing) {
                return false;
            }
            wait();
        }
        busy = true;
        return true;
    }

    private boolean wantsInput() {
        return reading && !closing && input == null && !ended && failure == null;
    }

    private void pumpOnce() {
        ByteBuffer writing;
        synchronized (this) {
            writing = output;
        }
        try {
            if (writing != null) {
                handle.write(writing.array(), 0, writing.capacity());
            } else {
                readOnce();
            }
        } catch (IOException e) {
            failed(e, writing != null);
        } catch (RuntimeException | Error e) {
            failed(new IOException("the stream of a file failed", e), writing != null);
        } finally {
            if (writing != null) {
                synchronized (this) {
                    output = null;
                }
            }
        }
    }

    private synchronized void failed(IOException e, boolean writing) {
        failure = e;
        failed = true;
        if (writing && closing) {
            FailureLog.warnElsewhere(log, "what was handed over before a file was closed could not be written", e);
        }
    }

    private void readOnce() throws IOException {
        handle.open(); // may have to wait, and the dispatcher may close meanwhile
        synchronized (this) {
            if (closing) {
                return;
            }
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
        int count = handle.read(buffer.array(), 0, BUFFER_SIZE);
        synchronized (this) {
            if (count > 0) {
                input = buffer.limit(count);
            } else {
                ended = count < 0;
            }
        }
    }

    private void releaseHandle() {
        synchronized (this) {
            if (released) {
                return;
            }
            released = true;
        }
        try {
            handle.release();
        } catch (IOException e) {
            closeFailed(e);
        }
    }

    /** Of a file that has failed before nothing else is to be expected. */
    private synchronized void closeFailed(IOException e) {
        if (!failed) {
            FailureLog.warnElsewhere(log, "closing a file failed", e);
        }
    }
}

package io.asyncore.server;

import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps processes, and threads of this one, from working on a path at the same time: a lock on a file beside it, which is
 * gone afterwards. For any thread.
 *
 * <p>The system lets go of the lock of a process that dies; the file it leaves is used by the next one.
 */
final class PathLock {

    private static final int ATTEMPTS = 5_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Set<OpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The system's lock is one of the process: closing any channel on the file would let go of it. */
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

    private final Path file;
    private final FileChannel channel;

    private PathLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** What is done while holding a lock. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Does something while nobody else does anything with that path. Waits, some seconds at most, for those who do.
     *
     * @throws BindException if somebody takes longer
     */
    static <T> T holding(Path target, Work<T> work) throws IOException {
        WITHIN_PROCESS.lock();
        try {
            PathLock lock = await(target, target.resolveSibling("." + target.getFileName() + ".lock"));
            try {
                return work.run();
            } finally {
                lock.release();
            }
        } finally {
            WITHIN_PROCESS.unlock();
        }
    }

    private static PathLock await(Path target, Path file) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            PathLock lock = attempt(file);
            if (lock != null) {
                return lock;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw UnixPath.failure(target, "another process is about to, and holds " + file + "; stop it", null);
    }

    private static @Nullable PathLock attempt(Path file) throws IOException {
        FileChannel channel = open(file);
        if (channel == null) {
            return null;
        }
        boolean taken = false;
        try {
            taken = channel.tryLock() != null && isStillThere(file, channel);
            return taken ? new PathLock(file, channel) : null;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Null if it is another user's, for the moment. */
    private static @Nullable FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(file, OPTIONS, OWNER_ONLY);
        } catch (AccessDeniedException e) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            throw e;
        } catch (IOException e) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            throw new IOException(file + " is in the way; remove it", e);
        }
    }

    /**
     * Its former holder may have removed the file between our opening and locking it: then what is there now, if anything,
     * has another length. It must not be opened to find out, as closing it would let go of the lock.
     */
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        long length = 1 + (long) ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(1), length - 1);
        try {
            return Files.size(file) == length;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void release() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }
}

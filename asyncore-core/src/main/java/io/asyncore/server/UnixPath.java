package io.asyncore.server;

import io.asyncore.Dispatcher;
import io.asyncore.SocketType;
import io.asyncore.transport.StreamTransport;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix-domain socket that a server listens on. {@link #listen} is confined to the thread of the listener's
 * loop; {@link #remove} may be called on any thread.
 *
 * <p>The socket is made in a directory that nobody else may enter, and appears in its place, by a rename, with its permissions
 * and listening: no client finds it earlier. A file that was left behind by a server that died is replaced; anything else
 * in that place stays, and is an error.
 */
final class UnixPath {

    /** Owner and group may connect. */
    static final Set<PosixFilePermission> DEFAULT_PERMISSIONS =
            Set.copyOf(PosixFilePermissions.fromString("rw-rw----"));

    /** In bytes: a socket's name has 108 with its end, of which Java leaves one free. */
    static final int MAX_LENGTH = 106;

    private final Path path;
    private final @Nullable Object key;

    private UnixPath(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    /**
     * Gives the dispatcher a socket that listens at the path. If this fails, the path and its directory are as before, and
     * the dispatcher may have a socket: close it.
     *
     * @param listener one that has no socket yet
     * @param backlog how many clients may wait to be accepted
     * @throws BindException naming the path and the remedy: somebody listens there, something else is there, its directory
     *     cannot be written, it is too long
     */
    static UnixPath listen(Dispatcher listener, Path path, Set<PosixFilePermission> permissions, int backlog)
            throws IOException {
        Path target = path.toAbsolutePath();
        requireRoom(target);
        try {
            return PathLock.holding(target, () -> {
                UnixOccupant.requireNone(target);
                return listenBeside(listener, target, permissions, backlog);
            });
        } catch (BindException e) {
            throw e;
        } catch (IOException e) {
            throw failure(target, reason(target, e), e);
        }
    }

    private static UnixPath listenBeside(
            Dispatcher listener, Path target, Set<PosixFilePermission> permissions, int backlog) throws IOException {
        try (PrivateDirectory directory = PrivateDirectory.beside(target)) {
            Path socket = directory.file();
            listener.createSocket(StandardProtocolFamily.UNIX, SocketType.STREAM);
            if (listener.socket() instanceof StreamTransport stream) {
                stream.willListen(backlog, UnixDomainSocketAddress.of(target));
            }
            listener.bind(UnixDomainSocketAddress.of(socket));
            listener.listen(backlog);
            Files.setPosixFilePermissions(socket, permissions);
            UnixPath made = new UnixPath(target, key(socket));
            Files.move(socket, target, StandardCopyOption.ATOMIC_MOVE);
            return made;
        }
    }

    /** Checked before, as a client could not connect to a longer one. */
    private static void requireRoom(Path target) throws BindException {
        int longest = Math.max(length(target), length(PrivateDirectory.longest(target)));
        if (longest > MAX_LENGTH) {
            throw failure(
                    target,
                    "it needs " + longest + " bytes (a temporary name beside it included), at most " + MAX_LENGTH
                            + " are possible; choose a shorter directory",
                    null);
        }
    }

    private static int length(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static String reason(Path target, IOException e) {
        Path directory = target.getParent();
        if (e instanceof NoSuchFileException && directory != null && Files.isDirectory(directory)) {
            return "the file system of " + directory + " takes no files, as that of /proc; choose another path";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no directory " + directory + "; make it, or choose another path";
        }
        if (e instanceof AccessDeniedException) {
            return "this process may not write to " + directory + "; permit it, or choose another path";
        }
        return e.toString();
    }

    static BindException failure(Path target, String why, @Nullable Exception cause) {
        BindException failure = new BindException("cannot listen on " + target + ": " + why);
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /** What tells this file from every other one that exists at the same time. */
    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /**
     * Removes the file if it is still the one that was made here. To be called before the listener is closed: until then no
     * other server takes the path over, and no other file can look like this one.
     *
     * @throws IOException if it is, but cannot be removed
     */
    void remove() throws IOException {
        try {
            if (Objects.equals(key(path), key)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException removedBySomebodyElse) {
            // as it should be
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

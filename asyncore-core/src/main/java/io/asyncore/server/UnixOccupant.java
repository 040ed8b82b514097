package io.asyncore.server;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What is in the place where a Unix-domain socket is to be. For any thread. */
final class UnixOccupant {

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private UnixOccupant() {}

    /**
     * Refuses a place where there is anything but a socket on which nobody listens any more.
     *
     * @throws BindException naming what is there and what to do
     */
    static void requireNone(Path target) throws IOException {
        try {
            requireStale(target);
        } catch (NoSuchFileException nothingThere) {
            // as it should be
        }
    }

    private static void requireStale(Path target) throws IOException {
        if (!isSocket(target)) {
            throw UnixPath.failure(
                    target, "there is " + kind(target) + ", not a socket; remove it, or choose another path", null);
        }
        if (hasListener(target)) {
            throw UnixPath.failure(target, "another process listens there; stop it, or choose another path", null);
        }
    }

    private static boolean isSocket(Path target) throws IOException {
        if (!target.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return attributes(target).isOther();
        }
        Object mode = Files.getAttribute(target, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return mode instanceof Integer bits && (bits & FILE_TYPE) == SOCKET;
    }

    private static String kind(Path target) throws IOException {
        BasicFileAttributes attributes = attributes(target);
        return attributes.isDirectory()
                ? "a directory"
                : attributes.isRegularFile() ? "a file" : attributes.isSymbolicLink() ? "a symbolic link" : "something";
    }

    private static BasicFileAttributes attributes(Path target) throws IOException {
        return Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Only a refused connect is proof that nobody does: a full queue, or a lack of permission, means that somebody may. */
    private static boolean hasListener(Path target) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            return connects(probe, target);
        }
    }

    private static boolean connects(SocketChannel probe, Path target) {
        try {
            probe.connect(UnixDomainSocketAddress.of(target));
            return true;
        } catch (ConnectException refused) {
            return false;
        } catch (IOException somethingElse) {
            return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        }
    }
}

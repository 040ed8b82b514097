package io.asyncore.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A directory for one file, which only its owner may enter; gone when closed. It is beside the place where the file is to
 * be in the end, so that the file can be renamed; its name is short, as that of a socket has few bytes. For one thread.
 */
final class PrivateDirectory implements Closeable {

    private static final int ATTEMPTS = 100;
    private static final int DIGITS = 5;
    private static final int NAMES = 60_466_176; // 36 to the power of DIGITS

    private final Path directory;

    private PrivateDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes one. */
    static PrivateDirectory beside(Path target) throws IOException {
        for (int i = 1; ; i++) {
            Path directory = sibling(target, ThreadLocalRandom.current().nextInt(NAMES));
            try {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                return new PrivateDirectory(directory);
            } catch (FileAlreadyExistsException e) {
                if (i == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Path sibling(Path target, int number) {
        String digits = Integer.toString(number, 36);
        return target.resolveSibling("." + "0".repeat(DIGITS - digits.length()) + digits);
    }

    /** A file in such a directory, with the longest name that one may have. */
    static Path longest(Path target) {
        return file(sibling(target, 0));
    }

    /** Where the file is to be made. */
    Path file() {
        return file(directory);
    }

    private static Path file(Path directory) {
        return directory.resolve("s");
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file());
        } finally {
            Files.deleteIfExists(directory);
        }
    }
}

package io.asyncore.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own files that tests read: found from the module's directory, wherever that is. */
public final class ProjectFiles {

    private ProjectFiles() {}

    /** The guide for people who know Python's asyncore. */
    public static Path guide() {
        return module().resolve("../docs/coming-from-python.md").normalize();
    }

    /** The page that a visitor sees first. */
    public static Path readme() {
        return module().resolve("../README.md").normalize();
    }

    /** Complete programs. */
    public static Path examples() {
        return module().resolve("../docs/examples.md").normalize();
    }

    /** A Python program of the tests. */
    public static Path python(String name) {
        return module().resolve("src/test/python").resolve(name);
    }

    /** The text of a file; that it cannot be read fails the test. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Surefire sets {@code basedir}; an IDE starts tests in the module's directory. */
    private static Path module() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }
}

package io.asyncore.cpython;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at open descriptors where the system shows them ({@code /proc}); elsewhere there are none to be seen. */
final class Descriptors {

    private Descriptors() {}

    /** The sockets that a child process started now has inherited. */
    static List<String> socketsOfAChild() throws IOException {
        Process child = new ProcessBuilder("cat").start(); // waits for input, and ends with it
        try {
            return open(child.pid())
                    .filter(target -> target.startsWith("socket:"))
                    .toList();
        } finally {
            child.destroyForcibly();
        }
    }

    /** How often this process has the file open. */
    static long opensOf(Path file) throws IOException {
        String target = file.toRealPath().toString();
        return open(ProcessHandle.current().pid()).filter(target::equals).count();
    }

    /** False where the system does not show descriptors. */
    static boolean areShown() {
        return Files.isDirectory(directory(ProcessHandle.current().pid()));
    }

    private static Stream<String> open(long pid) throws IOException {
        if (!areShown()) {
            return Stream.empty();
        }
        try (Stream<Path> descriptors = Files.list(directory(pid))) {
            return descriptors.map(Descriptors::target).toList().stream();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static Path directory(long pid) {
        return Path.of("/proc", Long.toString(pid), "fd");
    }
}

package io.asyncore.interop;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A Python that still has asyncore, if there is one on the {@code PATH}. */
public final class Python {

    private final Path interpreter;

    private Python(Path interpreter) {
        this.interpreter = interpreter;
    }

    /**
     * The first interpreter on the {@code PATH} of this version that can import the modules; without one the test is
     * skipped.
     */
    public static Python orSkip(String version, String modules) throws InterruptedException {
        for (Path candidate : candidates(version)) {
            Python python = new Python(candidate);
            if (python.is(version, modules)) {
                return python;
            }
        }
        return Assumptions.abort("skipped: no Python " + version + " with " + modules + " on the PATH");
    }

    /** Starts it with these arguments; warnings (asyncore's own deprecation) are off. */
    public Program start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(interpreter.toString(), "-u", "-W", "ignore"));
        Collections.addAll(command, arguments);
        return Program.start(command);
    }

    /** Version managers put shims on the PATH that fail when their version is not chosen: then the next is tried. */
    private boolean is(String version, String modules) throws InterruptedException {
        String question = "import sys, " + modules + "; assert '%d.%d' % sys.version_info[:2] == '" + version + "'";
        try (Program program = start("-c", question)) {
            program.awaitEnd();
            return true;
        } catch (IOException | AssertionError notThisOne) {
            return false;
        }
    }

    private static List<Path> candidates(String version) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        List<String> names = List.of("python" + version, "python" + version.charAt(0), "python");
        return Stream.of(path.split(File.pathSeparator))
                .flatMap(directory -> names.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .toList();
    }
}

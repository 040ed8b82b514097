package io.asyncore.interop;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs that tests talk to, if they are on the {@code PATH}. */
public final class Installed {

    private Installed() {}

    /** The program's file; without it the test is skipped. */
    public static String orSkip(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseGet(() -> Assumptions.abort("skipped: no " + program + " on the PATH"));
    }
}

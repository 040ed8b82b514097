package io.asyncore.cpython;

import io.asyncore.interop.Program;
import io.asyncore.interop.ProjectFiles;
import io.asyncore.interop.Python;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Names in Python's two modules and in their tests: lists kept with these tests, or fresh from an installed Python. */
final class KnownNames {

    private KnownNames() {}

    /** The names in a resource file that begin with one of the versions, without it. */
    static List<String> of(String resource, String... versions) {
        try (InputStream input = KnownNames.class.getResourceAsStream("/" + resource)) {
            String text = new String(Objects.requireNonNull(input).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> List.of(versions).contains(line.split(" ")[0]))
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one of the listing programs says of the installed Python. */
    static List<String> printedBy(Python python, String listing) throws IOException, InterruptedException {
        try (Program program = python.start(ProjectFiles.python(listing).toString())) {
            return program.awaitEnd();
        }
    }
}

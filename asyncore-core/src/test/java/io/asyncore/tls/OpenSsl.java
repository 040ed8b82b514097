package io.asyncore.tls;

import io.asyncore.interop.Program;
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

/** The openssl program, if there is one on the {@code PATH}. */
public final class OpenSsl {

    private final Path program;

    private OpenSsl(Path program) {
        this.program = program;
    }

    /** Without one the test is skipped. */
    public static OpenSsl orSkip() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, "openssl"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(OpenSsl::new)
                .orElseGet(() -> Assumptions.abort("skipped: no openssl on the PATH"));
    }

    public Program start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        Collections.addAll(command, arguments);
        return Program.start(command);
    }

    /** Connects to a port of this machine; type to say something, await a line to hear something. */
    public Program connect(int port, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port));
        Collections.addAll(all, arguments);
        return start(all.toArray(new String[0]));
    }
}

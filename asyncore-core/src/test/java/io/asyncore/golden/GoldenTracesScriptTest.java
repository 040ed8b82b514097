package io.asyncore.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.interop.Program;
import io.asyncore.interop.ProjectFiles;
import io.asyncore.interop.Python;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The committed traces are what the script writes today, where there is a Python to run it. */
class GoldenTracesScriptTest {

    @Test
    void theScriptWritesTheCommittedTraces() throws Exception {
        Python python = Python.orSkip("3.11", "asyncore, asynchat");
        String script = ProjectFiles.python("golden_traces.py").toString();
        try (Program program = python.start("-B", script, "--print")) {
            assertThat(program.awaitEnd()).isEqualTo(committed());
        }
    }

    private static List<String> committed() throws Exception {
        try (InputStream json = GoldenTrace.class.getResourceAsStream("/golden/traces.json")) {
            return new String(Objects.requireNonNull(json).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}

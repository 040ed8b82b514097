package io.asyncore.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs in {@code docs/coming-from-python.md} are what they are said to be: complete, and at work. */
class DocumentedTwinsTest {

    private static Twins twins;

    @BeforeAll
    static void compile(@TempDir Path classes) throws Exception {
        twins = Twins.compiledInto(classes);
    }

    @Test
    void theTwinsTalkToEachOther() throws Exception {
        try (Program server = twins.server();
                Program client = twins.client(Twins.portOf(server))) {
            assertThat(client.awaitEnd())
                    .contains("send 7 data.", "echo of 7 bytes: same")
                    .filteredOn(line -> line.startsWith("connected to"))
                    .hasSize(2);
            server.awaitLine(Pattern.compile("^get connect from "));
            server.awaitLine(Pattern.compile("^close "));
            server.awaitLine(Pattern.compile("^close "));
        }
    }

    @Test
    void theTwinsCarryMoreThanOneBuffer() throws Exception {
        try (Program server = twins.server();
                Program client = twins.client(Twins.portOf(server), "x", Twins.LONG_TEXT)) {
            Twins.assertEchoed(client, "x", Twins.LONG_TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo_server.py", "echo_client.py"})
    void thePythonProgramsOfThePageAreTheOnesThatTheTestsRun(String file) {
        Markdown guide = new Markdown(ProjectFiles.text(ProjectFiles.guide()));

        assertThat(guide.programs()).containsEntry(file, ProjectFiles.text(ProjectFiles.python(file)));
    }
}

package io.asyncore.interop;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's asyncore and this one across a socket, both ways; skipped where there is no Python 3.11. */
class InteropTest {

    private static Python python;
    private static Twins twins;

    @BeforeAll
    static void prepare(@TempDir Path classes) throws Exception {
        python = Python.orSkip("3.11", "asyncore");
        twins = Twins.compiledInto(classes);
    }

    @Test
    void javaClientTalksToPythonServer() throws Exception {
        try (Program server = Twins.pythonServer(python);
                Program client = twins.client(Twins.portOf(server), "abcdefg", "hijklmn", Twins.LONG_TEXT)) {
            Twins.assertEchoed(client, "abcdefg", "hijklmn", Twins.LONG_TEXT);
        }
    }

    @Test
    void pythonClientTalksToJavaServer() throws Exception {
        try (Program server = twins.server();
                Program client =
                        Twins.pythonClient(python, Twins.portOf(server), "abcdefg", "hijklmn", Twins.LONG_TEXT)) {
            Twins.assertEchoed(client, "abcdefg", "hijklmn", Twins.LONG_TEXT);
        }
    }
}

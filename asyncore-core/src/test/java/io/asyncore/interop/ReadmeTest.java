package io.asyncore.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's server without Spring compiles without a warning and echoes; those with Spring are tested in the starter. */
class ReadmeTest {

    @Test
    void theServerWithoutSpringEchoes(@TempDir Path classes) throws Exception {
        String source = new Markdown(ProjectFiles.text(ProjectFiles.readme()))
                .programs()
                .get("EchoServer.java");
        assertThat(source).as("the README's EchoServer.java").contains(".port(9001)");

        String onAnyPort = source.replace(".port(9001)", ".port(0)");
        assertThat(Compilation.complaints(classes, "EchoServer.java", onAnyPort))
                .isEmpty();
        try (Program server = Program.java(classes, "EchoServer");
                Socket client = new Socket("127.0.0.1", portOf(server))) {
            client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            assertThat(client.getInputStream().readNBytes(5))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("hello");
        }
    }

    private static int portOf(Program server) throws InterruptedException {
        return Integer.parseInt(
                server.awaitLine(Pattern.compile("^listening on port (\\d+)$")).group(1));
    }
}

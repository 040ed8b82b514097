package io.asyncore.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The guide's echo programs, ready to run: the Java ones cut out of the page and compiled. */
final class Twins {

    /** Enough to need several reads and writes, little enough for a command line. */
    static final String LONG_TEXT = "0123456789abcdef".repeat(6_000);

    private static final Pattern PORT = Pattern.compile("^listening on port (\\d+)$");

    private final Path classes;

    private Twins(Path classes) {
        this.classes = classes;
    }

    /** Compiles the Java twins into the directory; a warning is a failure. */
    static Twins compiledInto(Path classes) throws IOException {
        Markdown guide = new Markdown(ProjectFiles.text(ProjectFiles.guide()));
        for (String file : List.of("EchoServer.java", "EchoClient.java")) {
            String source = guide.programs().get(file);
            assertThat(source).as("the guide's " + file).isNotNull();
            assertThat(Compilation.complaints(classes, file, source)).isEmpty();
        }
        return new Twins(classes);
    }

    Program server() throws IOException {
        return Program.java(classes, "EchoServer", "0");
    }

    Program client(int port, String... texts) throws IOException {
        return Program.java(classes, "EchoClient", arguments(port, texts));
    }

    static Program pythonServer(Python python) throws IOException {
        return python.start(ProjectFiles.python("echo_server.py").toString(), "0");
    }

    static Program pythonClient(Python python, int port, String... texts) throws IOException {
        return python.start(arguments(ProjectFiles.python("echo_client.py").toString(), arguments(port, texts)));
    }

    /** The port that an echo server in either language says it listens on. */
    static int portOf(Program server) throws InterruptedException {
        return Integer.parseInt(server.awaitLine(PORT).group(1));
    }

    /** Waits for a client in either language to end and checks what it says of its echoes. */
    static void assertEchoed(Program client, String... texts) throws InterruptedException {
        List<String> verdicts = client.awaitEnd().stream()
                .filter(line -> line.startsWith("echo of"))
                .toList();
        assertThat(verdicts)
                .containsExactlyInAnyOrderElementsOf(List.of(texts).stream()
                        .map(text -> "echo of " + text.length() + " bytes: same")
                        .toList());
    }

    private static String[] arguments(int port, String... texts) {
        return arguments(Integer.toString(port), texts);
    }

    private static String[] arguments(String first, String... rest) {
        String[] all = new String[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}

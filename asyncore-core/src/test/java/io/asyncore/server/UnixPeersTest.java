package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.descriptors.Await;
import io.asyncore.interop.Installed;
import io.asyncore.interop.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A socket file among other processes: clients of other makes, and a server that is killed. */
@Timeout(60)
class UnixPeersTest {

    private static final Pattern LISTENS = Pattern.compile("process (\\d+) listens");

    @TempDir
    private Path directory;

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void assertEchoes(String client) throws Exception {
        try (Program program = Program.start(List.of("/bin/sh", "-c", "printf 'one\\ntwo\\n' | " + client))) {
            assertThat(program.awaitEnd()).containsExactly("one", "two");
        }
    }

    @Test
    void socatIsEchoed() throws Exception {
        String socat = Installed.orSkip("socat");
        Path path = directory.resolve("echo.sock");
        try (UnixEcho echo = new UnixEcho(path)) {
            assertThat(echo).isNotNull();
            assertEchoes(socat + " -t 10 - UNIX-CONNECT:" + path);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void ncatIsEchoed() throws Exception {
        String ncat = Installed.orSkip("ncat");
        Path path = directory.resolve("echo.sock");
        try (UnixEcho echo = new UnixEcho(path)) {
            assertThat(echo).isNotNull();
            assertEchoes(ncat + " -U " + path);
        }
        assertThat(files()).isEmpty();
    }

    /** Another process does not even get the path while the first lives; and gets it at once when that one was killed. */
    @Test
    void theNextOneTakesOverFromOneThatWasKilled() throws Exception {
        Path path = directory.resolve("echo.sock");
        for (int i = 0; i < 2; i++) {
            long process;
            try (Program first = start(path)) {
                process = Long.parseLong(first.awaitLine(LISTENS).group(1));
                assertThat(files()).containsExactly(path);
            } // destroys it: kill -9
            Await.until(
                    "the end of process " + process,
                    () -> ProcessHandle.of(process).isEmpty());
            assertThat(files()).containsExactly(path);
        }
        try (UnixEcho next = new UnixEcho(path);
                Program late = start(path)) {
            assertThat(next).isNotNull();
            late.awaitLine(Pattern.compile("BindException: cannot listen on .* another process listens there"));
        }
        assertThat(files()).isEmpty();
    }

    private static Program start(Path path) throws Exception {
        return Program.java(path, UnixEcho.class.getName(), path.toString());
    }

    /** Of several processes that start at the same moment on a file left behind, one gets it. */
    @Test
    void oneOfSeveralProcessesGetsThePath() throws Exception {
        Path path = directory.resolve("echo.sock");
        try (Program killed = start(path)) {
            killed.awaitLine(LISTENS);
        }
        Pattern outcome = Pattern.compile("process \\d+ listens|BindException");
        try (Program one = start(path);
                Program two = start(path);
                Program three = start(path)) {
            assertThat(Stream.of(one.awaitLine(outcome), two.awaitLine(outcome), three.awaitLine(outcome))
                            .filter(match -> match.group().endsWith("listens")))
                    .hasSize(1);
        }
    }
}

package io.asyncore.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page for those who know Netty: its program compiles and adds up, and each name of ours in its table exists. */
class ComingFromNettyTest {

    /** Of a module above this one. */
    private static final Set<String> ABOVE = Set.of("SimulatedNetwork", "AsyncoreTestClient");

    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+(?:\\.\\w+)?)`");

    private static String page() {
        return ProjectFiles.text(ProjectFiles.guide().resolveSibling("coming-from-netty.md"));
    }

    static Stream<String> names() {
        return new Markdown(page())
                .rowsUnder("## What stands for what").stream()
                        .flatMap(row -> NAME.matcher(row.get(1)).results())
                        .map((MatchResult name) -> name.group(1))
                        .filter(name -> !ABOVE.contains(name))
                        .distinct();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theNameExists(String name) {
        PublicNames.check(name);
    }

    @Test
    void theProgramAddsUp(@TempDir Path classes) throws Exception {
        Map<String, String> programs = new Markdown(page()).programs();
        assertThat(programs).containsOnlyKeys("Sums.java");
        assertThat(Compilation.complaints(classes, "Sums.java", programs.get("Sums.java")))
                .isEmpty();
        try (Program sums = Program.java(classes, "Sums", "0")) {
            int port = Integer.parseInt(sums.awaitLine(Pattern.compile("^listening on port (\\d+)$"))
                    .group(1));
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                client.getOutputStream().write(frame(30));
                client.getOutputStream().write(frame(12));
                assertThat(client.getInputStream().readNBytes(10)).isEqualTo(frame(30));
                assertThat(client.getInputStream().readNBytes(10)).isEqualTo(frame(42));
            }
        }
    }

    private static byte[] frame(long number) {
        return ByteBuffer.allocate(10).putShort((short) 8).putLong(number).array();
    }
}

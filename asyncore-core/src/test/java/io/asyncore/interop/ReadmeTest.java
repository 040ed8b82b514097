package io.asyncore.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.Server;
import io.asyncore.tls.Identity;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's server without Spring compiles without a warning and echoes; those with Spring are tested in the starter. */
class ReadmeTest {

    private static final String ECHO = "send(recv());";

    /** Says that it was asked, and answers a while later. */
    private static final String SLOW_ECHO = """
            byte[] asked = recv(100);
            if (asked.length > 0) {
                System.out.println("asked");
                pauseReading();
                callLater(Duration.ofMillis(300), () -> {
                    send(asked);
                    resumeReading();
                });
            }
            """;

    @Test
    void theServerWithoutSpringEchoes(@TempDir Path classes) throws Exception {
        compile(classes, echoServer());
        try (Program server = Program.java(classes, "EchoServer");
                Socket client = new Socket("127.0.0.1", portOf(server))) {
            client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            assertThat(client.getInputStream().readNBytes(5))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("hello");
        }
    }

    /** What it was asked before SIGTERM, it answers: a handler in place of the README's is told to and takes its time. */
    @Test
    void theServerWithoutSpringEndsGracefully(@TempDir Path classes) throws Exception {
        assertThat(echoServer()).contains(ECHO);
        compile(classes, echoServer().replace(ECHO, SLOW_ECHO));
        try (Program server = Program.java(classes, "EchoServer");
                Socket client = new Socket("127.0.0.1", portOf(server))) {
            client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            server.awaitLine(Pattern.compile("^asked$"));
            server.terminate();
            assertThat(client.getInputStream().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("hello");
        }
    }

    private static String echoServer() {
        String source = new Markdown(ProjectFiles.text(ProjectFiles.readme()))
                .programs()
                .get("EchoServer.java");
        assertThat(source).as("the README's EchoServer.java").contains(".port(9001)");
        return source.replace(".port(9001)", ".port(0)");
    }

    private static void compile(Path classes, String source) throws IOException {
        assertThat(Compilation.complaints(classes, "EchoServer.java", source)).isEmpty();
    }

    /** With a certificate of its own, it shouts over TLS. */
    @Test
    void theServerWithLimitsStarts(@TempDir Path classes) throws Exception {
        String source = new Markdown(ProjectFiles.text(ProjectFiles.readme()))
                .programs()
                .get("GuardedServer.java");
        assertThat(source).as("the README's GuardedServer.java").isNotNull();
        assertThat(Compilation.complaints(classes, "GuardedServer.java", source))
                .isEmpty();
        Identity self = Identity.localhost();
        Path certificate = Files.writeString(classes.resolve("server.pem"), self.certificatePem());
        Path key = Files.writeString(classes.resolve("server.key"), self.keyPem());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Method described = loader.loadClass("GuardedServer").getDeclaredMethod("described", Path.class, Path.class);
            described.setAccessible(true);
            Server.Builder builder = (Server.Builder) described.invoke(null, certificate, key);
            try (Server server = builder.port(0).start();
                    Socket client = Identity.trustingContext(self)
                            .getSocketFactory()
                            .createSocket("localhost", server.port())) {
                client.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
                assertThat(client.getInputStream().readNBytes(7))
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("HELLO\r\n");
            }
        }
    }

    private static int portOf(Program server) throws InterruptedException {
        return Integer.parseInt(
                server.awaitLine(Pattern.compile("^listening on port (\\d+)$")).group(1));
    }
}

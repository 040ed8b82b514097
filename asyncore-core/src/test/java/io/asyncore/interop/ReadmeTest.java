package io.asyncore.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.Server;
import io.asyncore.tls.Identity;
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

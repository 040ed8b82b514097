package io.asyncore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.test.AsyncoreTestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** A whole application in a process of its own: how it starts, stays and ends. */
class ApplicationProcessTests {

    private static final Pattern STARTED = Pattern.compile("Asyncore started on port (\\d+) \\(tcp\\)\\R");

    @TempDir
    private Path directory;

    private @Nullable Process process;

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Virtual threads are daemons: on them alone, a process would end. */
    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aServerKeepsTheProcessAliveUntilItIsTerminated(String virtual) throws Exception {
        Process application = start("--asyncore.server.port=0", "--spring.threads.virtual.enabled=" + virtual);
        Contexts.await(() -> STARTED.matcher(output()).find());
        Matcher started = STARTED.matcher(output());
        assertThat(started.find()).isTrue();
        try (AsyncoreTestClient client = AsyncoreTestClient.connect(Integer.parseInt(started.group(1)))) {
            client.expectLine("Echo");
            client.sendLine("hello");
            client.expectLine("hello");
            application.destroy();
            client.expectEnd();
        }
        assertThat(exitCodeOf(application)).as("terminated by SIGTERM").isEqualTo(143);
    }

    @Test
    void aFailedStartEndsTheProcessAndSaysWhy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Process application = start(
                    "--asyncore.server.port=0",
                    "--asyncore.server.handler=" + Echo.class.getName(),
                    "--asyncore.servers.echo.port=" + taken.getLocalPort(),
                    "--asyncore.servers.echo.handler=" + Echo.class.getName());
            assertThat(exitCodeOf(application)).isEqualTo(1);
            assertThat(output())
                    .containsPattern(STARTED)
                    .contains("APPLICATION FAILED TO START")
                    .contains("The server 'echo' (asyncore.servers.echo) cannot listen on port " + taken.getLocalPort())
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aPortThatKubernetesHasSetIsSaidToBeTheOneOfAService() throws Exception {
        Process application = start(Map.of("ASYNCORE_SERVER_PORT", "tcp://10.0.0.1:9000"));
        assertThat(exitCodeOf(application)).isEqualTo(1);
        assertThat(output())
                .contains("APPLICATION FAILED TO START")
                .contains("(set in System Environment Property \"ASYNCORE_SERVER_PORT\")")
                .contains("Kubernetes sets this variable for a service called 'asyncore-server'")
                .doesNotContain("\tat ");
    }

    @Test
    void aSwitchThatIsNeitherOnNorOffEndsTheStart() throws Exception {
        Process application = start(Map.of("ASYNCORE_ENABLED", "nope"), "--asyncore.server.port=0");
        assertThat(exitCodeOf(application)).isEqualTo(1);
        assertThat(output())
                .contains("APPLICATION FAILED TO START")
                .contains("'asyncore.enabled' has the value 'nope' (set in System Environment Property"
                        + " \"ASYNCORE_ENABLED\"), which cannot be read.")
                .contains("Write true or false.")
                .doesNotContain("\tat ");
    }

    private Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private Process start(Map<String, String> variables, String... arguments) throws IOException {
        String java = System.getProperty("java.home") + "/bin/java";
        List<String> command = new ArrayList<>(
                List.of(java, "-cp", System.getProperty("java.class.path"), Application.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().putAll(variables);
        Process started = builder.start();
        process = started;
        return started;
    }

    private static int exitCodeOf(Process process) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("has ended").isTrue();
        return process.exitValue();
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @EnableAutoConfiguration
    @Import(Echo.class)
    static class Application {
        public static void main(String[] args) {
            SpringApplication.run(Application.class, args);
        }
    }

    @AsyncoreHandler
    static class Echo extends Greeter {}
}

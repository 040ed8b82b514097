package io.asyncore.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.Contexts;
import io.asyncore.spring.autoconfigure.AsyncoreProperties;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/** An application whose bean definitions were made at build time serves whatever is configured at run time. */
class AheadOfTimeTests {

    private static final Pattern PORT = Pattern.compile("(\\w+) is on (\\d+)\\R");

    @TempDir
    private static Path directory;

    private @Nullable Process process;

    /** What {@code process-aot} of Boot's Maven plugin does; the servers that are configured meanwhile leave no trace. */
    @BeforeAll
    static void build() throws Exception {
        System.setProperty("asyncore.servers.old.port", "2");
        System.setProperty("asyncore.servers.old.handler", "factory");
        try {
            SpringApplicationAotProcessor.main(new String[] {
                AheadOfTimeApplication.class.getName(), at("sources"), at("resources"), at("classes"), "g", "a"
            });
        } finally {
            System.clearProperty("asyncore.servers.old.port");
            System.clearProperty("asyncore.servers.old.handler");
        }
        compile();
    }

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void serversAreThoseOfTheRun() throws Exception {
        Path output = run(
                "--asyncore.server.port=0",
                "--asyncore.servers.late.port=0",
                "--asyncore.servers.late.handler=factory");
        Contexts.await(() -> PORT.matcher(read(output)).results().count() == 2);
        Matcher ports = PORT.matcher(read(output));
        for (String greeting : List.of("Echo with a service", "from a factory")) {
            assertThat(ports.find()).isTrue();
            assertThat(Contexts.greetingAt(Integer.parseInt(ports.group(2)))).isEqualTo(greeting);
        }
        assertThat(read(output)).contains("Starting AOT-processed").contains("default is on", "late is on");
    }

    @Test
    void theSwitchIsThatOfTheRun() throws Exception {
        Path output = run("--asyncore.server.port=0", "--asyncore.enabled=false");
        assertThat(Objects.requireNonNull(process).waitFor(30, TimeUnit.SECONDS))
                .isTrue();
        assertThat(read(output))
                .contains("Starting AOT-processed", "Asyncore starts no server: 'asyncore.enabled' is false")
                .doesNotContain("Asyncore started", "default is on");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void failuresAreExplained() throws Exception {
        Path output = run("--asyncore.server.prot=0");
        assertThat(Objects.requireNonNull(process).waitFor(30, TimeUnit.SECONDS))
                .isTrue();
        assertThat(read(output)).contains("There is no key 'asyncore.server.prot'", "Under asyncore.server there are:");
    }

    @Test
    void nativeImagesAreToldOfAllRecordsOfTheProperties() throws IOException {
        String hints =
                Files.readString(directory.resolve("resources/META-INF/native-image/g/a/reachability-metadata.json"));
        for (Class<?> record : AsyncoreProperties.class.getDeclaredClasses()) {
            assertThat(hints).contains(record.getName());
        }
    }

    private static String at(String name) {
        return directory.resolve(name).toString();
    }

    private static void compile() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-parameters",
                "-nowarn",
                "-d",
                at("classes"),
                "-cp",
                System.getProperty("java.class.path")));
        try (Stream<Path> sources = Files.walk(directory.resolve("sources"))) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        Files.createDirectories(directory.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private Path run(String... arguments) throws IOException {
        String path =
                String.join(File.pathSeparator, at("classes"), at("resources"), System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Dspring.aot.enabled=true",
                "-cp",
                path,
                AheadOfTimeApplication.class.getName()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "output", ".log");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return output;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package io.asyncore.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.descriptors.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Standard input by a {@code FileDispatcher}, in a process of its own, as it can be closed only once. */
class StandardInputTest {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private Process program;
    private OutputStream input;

    @BeforeEach
    void start() throws IOException {
        program = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandardInputEcho.class.getName()))
                .redirectErrorStream(true)
                .start();
        input = program.getOutputStream();
        Thread reader = new Thread(this::readLines, "output of the program");
        reader.setDaemon(true);
        reader.start();
    }

    private void readLines() {
        try (BufferedReader output = program.inputReader(UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException destroyed) {
            lines.add("destroyed");
        }
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
    }

    private String next() throws InterruptedException {
        return lines.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void type(String text) throws IOException {
        input.write(text.getBytes(UTF_8));
        input.flush();
    }

    private void assertEndsWell() throws InterruptedException {
        assertThat(program.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(program.exitValue()).isZero();
    }

    @Test
    void theLoopGoesOnWhileNobodyTypesAndEndsWithTheInput() throws Exception {
        assertThat(next()).isEqualTo("tick");
        type("one\n");
        assertThat(next()).isEqualTo("you said one");
        type("two\n");
        assertThat(next()).isEqualTo("you said two");
        input.close();
        assertThat(next()).isEqualTo("the loop is over");
        assertThat(next()).as("standard input was not closed").isEqualTo("one more read gives -1");
        assertEndsWell();
    }

    /** The pump waits for input that does not come, which keeps neither the loop nor the program. */
    @Test
    void closingTheDispatcherClosesNotStandardInput() throws Exception {
        assertThat(next()).isEqualTo("tick");
        type("close\n");
        assertThat(next()).isEqualTo("the loop is over");
        input.close();
        assertThat(next()).isEqualTo("one more read gives -1");
        assertEndsWell();
    }
}

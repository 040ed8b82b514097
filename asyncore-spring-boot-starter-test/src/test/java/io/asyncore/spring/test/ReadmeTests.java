package io.asyncore.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The test that the README shows compiles without a warning and passes, with the servers and configuration shown there. */
class ReadmeTests {

    private static final Pattern FILE = Pattern.compile("(?ms)^```\\w+\n(?://|#) (\\S+)\n(.*?)^```$");
    private static final String APPLICATION = """
            package com.example;

            @org.springframework.boot.autoconfigure.SpringBootApplication
            class Application {}
            """;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
        System.clearProperty("spring.config.location");
    }

    @Test
    void theTestPasses(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("Application.java"), APPLICATION);
        Path configuration = write(directory, "application-servers.yaml");
        compile(
                directory,
                directory.resolve("Application.java"),
                write(directory, "Echo.java"),
                write(directory, "Greeter.java"),
                write(directory, "EchoTests.java"));
        System.setProperty("spring.config.location", configuration.toUri().toString());
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(classes);
            TestExecutionSummary summary = run(classes.loadClass("com.example.EchoTests"));
            assertThat(summary.getTestsSucceededCount()).as(failuresOf(summary)).isEqualTo(2);
        }
    }

    private static TestExecutionSummary run(Class<?> test) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(test))
                                .build(),
                        listener);
        return listener.getSummary();
    }

    private static String failuresOf(TestExecutionSummary summary) {
        StringWriter text = new StringWriter();
        summary.printFailuresTo(new PrintWriter(text));
        return text.toString();
    }

    private static void compile(Path directory, Path... sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-Xlint:all,-path,-classfile,-processing",
                    "-proc:none",
                    "-d",
                    directory.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"));
            compiler.getTask(complaints, manager, null, options, null, manager.getJavaFileObjects(sources))
                    .call();
        }
        assertThat(complaints.toString()).isEmpty();
    }

    private static Path write(Path directory, String file) throws IOException {
        return Files.writeString(directory.resolve(file), shown(file));
    }

    /** The README's block that begins with a comment naming this file. */
    private static String shown(String file) {
        Path readme =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../README.md");
        List<String> found = new ArrayList<>();
        try {
            for (Matcher block = FILE.matcher(Files.readString(readme)); block.find(); ) {
                if (block.group(1).equals(file)) {
                    found.add(block.group(2));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(found).as("blocks of the README that show " + file).hasSize(1);
        return found.get(0);
    }
}

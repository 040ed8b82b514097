package io.asyncore.interop;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A child process with deadlines: whoever waits for it fails in time, and it never outlives its {@code try} block. */
public final class Program implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BlockingQueue<Optional<String>> arriving = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private Program(Process process) {
        this.process = process;
        Thread reader = new Thread(this::readLines, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a command; its error output is read together with its output. */
    public static Program start(List<String> command) throws IOException {
        return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Starts a main class from a directory of classes, with the class path of this test behind it. */
    public static Program java(Path classes, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private void readLines() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                arriving.add(Optional.of(line));
            }
        } catch (IOException | UncheckedIOException destroyedMeanwhile) {
            // what came until then is all there is
        } finally {
            arriving.add(Optional.empty()); // the end
        }
    }

    /** Types something into the program's input. */
    public void type(String text) throws IOException {
        process.outputWriter().append(text).flush();
    }

    /** Ends the program's input. */
    public void endInput() throws IOException {
        process.outputWriter().close();
    }

    /** Waits for a line that matches and returns the match. */
    public Matcher awaitLine(Pattern pattern) throws InterruptedException {
        for (Optional<String> line = next(); line.isPresent(); line = next()) {
            Matcher matcher = pattern.matcher(line.get());
            if (matcher.find()) {
                return matcher;
            }
        }
        throw new AssertionError("no line like " + pattern + " in the output:\n" + String.join("\n", seen));
    }

    /** Waits for the end and returns all lines; that it failed fails the test. */
    public List<String> awaitEnd() throws InterruptedException {
        while (next().isPresent()) {
            // next() collects them
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("the program failed:\n" + String.join("\n", seen));
        }
        return List.copyOf(seen);
    }

    private Optional<String> next() throws InterruptedException {
        Optional<String> line = arriving.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the program is silent, after:\n" + String.join("\n", seen));
        }
        line.ifPresent(seen::add);
        return line;
    }

    /** Asks it to end, with SIGTERM where there are signals. */
    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        kill();
    }

    /** Destroys it and its children: a version manager may run the interpreter as a child. */
    public void kill() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
    }
}

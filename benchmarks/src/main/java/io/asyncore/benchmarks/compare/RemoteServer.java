package io.asyncore.benchmarks.compare;

import io.asyncore.benchmarks.servers.Library;
import io.asyncore.benchmarks.servers.Protocol;
import io.asyncore.benchmarks.servers.ServerProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server in a process of its own. Confined to the thread of the comparison. */
final class RemoteServer implements AutoCloseable {

    /** The same for all: a heap that does not grow, and a collector that takes no second core. */
    static final List<String> FLAGS = List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");

    private final Library library;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final int port;

    /** Starts it and waits until it listens. */
    RemoteServer(Library library, Protocol protocol, Path java, Path log) throws IOException {
        this.library = library;
        List<String> command = new ArrayList<>(Cores.prefixForServer());
        command.add(java.resolve("bin").resolve("java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.asyncore.benchmarks.Main"));
        command.addAll(List.of("server", library.toString(), protocol.toString()));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        commands = process.outputWriter(StandardCharsets.UTF_8);
        port = Math.toIntExact(answer());
    }

    private long answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ServerProcess.ANSWER)) {
                return Long.parseLong(line.substring(ServerProcess.ANSWER.length()));
            }
        }
        throw new IOException("the server " + library + " has ended; see servers.log");
    }

    Library library() {
        return library;
    }

    int port() {
        return port;
    }

    /** What is live on its heap after a full collection, in bytes. */
    long liveHeap() throws IOException {
        commands.write("heap\n");
        commands.flush();
        return answer();
    }

    /** CPU time that it has used so far, in nanoseconds; 0 where the system does not say. */
    long cpuNanos() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

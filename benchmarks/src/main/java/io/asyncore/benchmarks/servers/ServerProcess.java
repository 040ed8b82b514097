package io.asyncore.benchmarks.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process with one server in it. It prints its port, then answers each line {@code heap} with the bytes that are live after
 * a full collection, and ends when its input does, so that it does not outlive whoever started it.
 */
public final class ServerProcess {

    /** How the lines that it prints begin; whatever else a library prints is none of them. */
    public static final String ANSWER = "> ";

    private static final Duration FOR_CLEANERS = Duration.ofMillis(50);

    private ServerProcess() {}

    /** The command's arguments: which library, which protocol. */
    public static void run(List<String> arguments) throws Exception {
        RunningServer server = Library.named(arguments.get(0)).start(Protocol.named(arguments.get(1)), 0);
        PrintStream out = System.out;
        out.println(ANSWER + server.port());
        obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
        Runtime.getRuntime().halt(0);
    }

    private static void obey(BufferedReader commands, PrintStream out) throws IOException {
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.equals("heap")) {
                out.println(ANSWER + liveHeap());
            }
        }
    }

    /** Collects until nothing more goes: what one collection hands to cleaners is free after the next. */
    private static long liveHeap() {
        long least = Long.MAX_VALUE;
        for (long used = usedAfterCollection(); used < least; used = usedAfterCollection()) {
            least = used;
            LockSupport.parkNanos(FOR_CLEANERS.toNanos());
        }
        return least;
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

package io.asyncore.benchmarks.compare;

import java.io.IOException;
import java.util.List;

/**
 * Servers on the first core, the load generator on the second, as far as there are two and a {@code taskset}: else the two get
 * in each other's way, now more and now less.
 */
final class Cores {

    private static final int COUNT = Runtime.getRuntime().availableProcessors();
    private static final boolean PINNED = pinThisProcess();

    private Cores() {}

    private static boolean pinThisProcess() {
        if (COUNT < 2) {
            return false;
        }
        String self = Long.toString(ProcessHandle.current().pid());
        try {
            return new ProcessBuilder("taskset", "-a", "-c", "-p", "1", self)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static List<String> prefixForServer() {
        return PINNED ? List.of("taskset", "-c", "0") : List.of();
    }

    static String describe() {
        return COUNT + " cores, "
                + (PINNED
                        ? "server on core 0, load generator on core 1"
                        : "server and load generator on whatever core the system chose");
    }
}

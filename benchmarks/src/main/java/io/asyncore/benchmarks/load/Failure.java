package io.asyncore.benchmarks.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The first failure inside a consumer, which may not throw it itself. */
final class Failure {

    /** May fail. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private @Nullable IOException first;

    void guard(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            first = first == null ? e : first;
        }
    }

    void throwIfAny() throws IOException {
        if (first != null) {
            throw first;
        }
    }
}

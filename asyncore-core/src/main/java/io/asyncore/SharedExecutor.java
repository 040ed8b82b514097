package io.asyncore;

import java.util.concurrent.Executor;

/** Runs the off-loop work of everybody who has not chosen an executor. Made when it is first needed. Any thread. */
final class SharedExecutor {

    private SharedExecutor() {}

    private static final class Holder {
        static final Executor EXECUTOR = WorkThreads.forOffloads("asyncore-offload-");
    }

    static Executor get() {
        return Holder.EXECUTOR;
    }
}

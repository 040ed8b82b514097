package io.asyncore;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One piece of off-loop work: run on an executor's thread, and what comes of it is a callback of its channel. */
final class Offload<T extends @Nullable Object> implements Runnable {

    private final Offloads offloads;
    private final AtomicInteger underWay;
    private final Callable<T> work;
    private final ResultHandler<? super T> done;
    private final ResultHandler<? super Throwable> failed;
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param underWay counts this work from now until it is over */
    Offload(
            Offloads offloads,
            AtomicInteger underWay,
            Callable<T> work,
            ResultHandler<? super T> done,
            ResultHandler<? super Throwable> failed) {
        this.offloads = offloads;
        this.underWay = underWay;
        this.work = work;
        this.done = done;
        this.failed = failed;
        underWay.incrementAndGet();
    }

    @Override
    public void run() {
        Callbacks.Callback outcome = outcome();
        if (isFirstToEndIt()) {
            offloads.arrived(outcome);
        }
    }

    private Callbacks.Callback outcome() {
        try {
            T result = work.call();
            return unused -> done.handle(result);
        } catch (Throwable failure) {
            offloads.logIfNobodyHears(failure);
            return unused -> failed.handle(failure);
        }
    }

    /** It ends once, whatever an executor does: run it and throw all the same, or run it twice. Any thread. */
    boolean isFirstToEndIt() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            underWay.decrementAndGet();
        }
        return first;
    }

    /** Where nobody else takes a failure: on to {@code handleError}, as it is. */
    static void rethrow(Throwable failure) throws Exception {
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw new UndeclaredThrowableException(failure);
    }
}

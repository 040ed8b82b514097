package io.asyncore;

import java.util.List;

/** What a thread did while it was looked at, in the shape that logs print. Never thrown. */
final class StackSample extends Throwable {

    private static final long serialVersionUID = 1L;

    StackSample(List<StackTraceElement> frames) {
        super("what the loop's thread did meanwhile", null, false, true);
        setStackTrace(frames.toArray(StackTraceElement[]::new));
    }

    /** A thrown one would describe where it was made; this one need not look. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

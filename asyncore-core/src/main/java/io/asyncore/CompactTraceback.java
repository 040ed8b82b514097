package io.asyncore;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A throwable on one line, for logs. Python's {@code asyncore.compact_traceback()}, which returns the same parts.
 *
 * @param file the source file where it was thrown
 * @param function the method that threw
 * @param line the line number there
 * @param type the throwable's class
 * @param value its message, empty if it has none
 * @param info the way from the loop's guard, or else from the thread's beginning, to where it was thrown: a
 *     {@code [file|function|line]} for each call
 */
public record CompactTraceback(
        String file, String function, int line, Class<? extends Throwable> type, String value, String info) {

    /** Describes a throwable; one without a stack trace has an empty {@code info}. */
    public static CompactTraceback of(Throwable error) {
        StackTraceElement[] frames = error.getStackTrace();
        StackTraceElement top = frames.length > 0 ? frames[0] : new StackTraceElement("?", "?", "?", 0);
        String value = error.getMessage() == null ? "" : error.getMessage();
        return new CompactTraceback(
                fileOf(top), top.getMethodName(), top.getLineNumber(), error.getClass(), value, wayTo(frames));
    }

    private static String wayTo(StackTraceElement[] frames) {
        int guard = 0;
        while (guard < frames.length && !frames[guard].getClassName().equals(Callbacks.class.getName())) {
            guard++;
        }
        StackTraceElement[] outermostFirst = Arrays.copyOf(frames, guard);
        java.util.Collections.reverse(Arrays.asList(outermostFirst));
        return Arrays.stream(outermostFirst)
                .map(frame -> "[" + fileOf(frame) + "|" + frame.getMethodName() + "|" + frame.getLineNumber() + "]")
                .collect(Collectors.joining(" "));
    }

    private static String fileOf(StackTraceElement frame) {
        return frame.getFileName() == null ? frame.getClassName() : frame.getFileName();
    }

    @Override
    public String toString() {
        return (type.getName() + ": " + value + " " + info).strip();
    }
}

package io.asyncore;

/**
 * A throwable on one line, for logs. Python's {@code asyncore.compact_traceback()}, which returns the same parts.
 *
 * @param file the source file where it was thrown
 * @param function the method that threw
 * @param line the line number there
 * @param type the throwable's class
 * @param value its message, empty if it has none
 * @param cause class and message of what was at the root of it, empty if that is the throwable itself
 * @param info the way from the loop's guard, or else from the thread's beginning, to where it was thrown: a
 *     {@code [file|function|line]} for each call
 */
public record CompactTraceback(
        String file,
        String function,
        int line,
        Class<? extends Throwable> type,
        String value,
        String cause,
        String info) {

    /** Causes may go in circles. */
    private static final int DEEPEST = 50;

    /** Describes a throwable; one without a stack trace has an empty {@code info}. */
    public static CompactTraceback of(Throwable error) {
        StackTraceElement[] frames = error.getStackTrace();
        StackTraceElement top = frames.length > 0 ? frames[0] : new StackTraceElement("?", "?", "?", 0);
        String value = error.getMessage() == null ? "" : error.getMessage();
        return new CompactTraceback(
                fileOf(top),
                top.getMethodName(),
                top.getLineNumber(),
                error.getClass(),
                value,
                causeOf(error),
                wayTo(frames));
    }

    private static String causeOf(Throwable error) {
        Throwable root = error;
        for (int depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
            root = root.getCause();
        }
        return root == error ? "" : root.toString();
    }

    private static String wayTo(StackTraceElement[] frames) {
        int guard = 0;
        while (guard < frames.length && !frames[guard].getClassName().equals(Callbacks.class.getName())) {
            guard++;
        }
        StringBuilder way = new StringBuilder();
        for (int i = guard - 1; i >= 0; i--) {
            StackTraceElement frame = frames[i];
            way.append('[').append(fileOf(frame)).append('|').append(frame.getMethodName());
            way.append('|').append(frame.getLineNumber()).append(i == 0 ? "]" : "] ");
        }
        return way.toString();
    }

    private static String fileOf(StackTraceElement frame) {
        return frame.getFileName() == null ? frame.getClassName() : frame.getFileName();
    }

    /** For logs: what the messages say is {@linkplain Escaped escaped}. */
    @Override
    public String toString() {
        String because = cause.isEmpty() ? "" : " (caused by " + Escaped.of(cause) + ")";
        return (type.getName() + ": " + Escaped.of(value) + because + " " + info).strip();
    }
}

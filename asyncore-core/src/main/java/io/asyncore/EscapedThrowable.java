package io.asyncore;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The likeness of a throwable with escaped messages: class names, stacks and causes are the same. Loggers print messages
 * as they are, whoever has written them. Never thrown.
 */
final class EscapedThrowable extends Throwable {

    private static final long serialVersionUID = 1L;

    /** Causes may go in circles. */
    private static final int DEEPEST = 20;

    private EscapedThrowable(Throwable original, @Nullable Throwable cause) {
        super(Escaped.of((Object) original), cause, true, true);
        setStackTrace(original.getStackTrace());
    }

    /** A thrown one would describe where it was made. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** As the original says it: its class comes first. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // its own class would mislead whoever reads the log
    public String toString() {
        return Objects.requireNonNullElse(getMessage(), "");
    }

    static boolean isHarmless(Throwable error) {
        return isHarmless(error, DEEPEST);
    }

    private static boolean isHarmless(@Nullable Throwable error, int depth) {
        if (error == null) {
            return true;
        }
        if (depth == 0 || !saysHarmless(error)) {
            return false;
        }
        for (Throwable suppressed : error.getSuppressed()) {
            if (!isHarmless(suppressed, depth - 1)) {
                return false;
            }
        }
        return isHarmless(error.getCause(), depth - 1);
    }

    private static boolean saysHarmless(Throwable error) {
        try {
            return isHarmless(error.getMessage())
                    && isHarmless(error.getLocalizedMessage())
                    && Escaped.isHarmless(shortened(error));
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
    }

    private static boolean isHarmless(@Nullable String message) {
        return message == null || Escaped.isHarmless(message);
    }

    /** What it says of itself, without the class name that most begin with: that may be long. */
    private static String shortened(Throwable error) {
        String said = error.toString();
        String name = error.getClass().getName();
        return said.startsWith(name) ? said.substring(name.length()).replaceFirst("^: ", "") : said;
    }

    static Throwable likenessOf(Throwable error) {
        return likenessOf(error, DEEPEST);
    }

    private static Throwable likenessOf(Throwable error, int depth) {
        Throwable cause = depth == 0 ? null : error.getCause();
        Throwable likeness = new EscapedThrowable(error, cause == null ? null : likenessOf(cause, depth - 1));
        if (depth > 0) {
            for (Throwable suppressed : error.getSuppressed()) {
                likeness.addSuppressed(likenessOf(suppressed, depth - 1));
            }
        }
        return likeness;
    }
}

package io.asyncore;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Text that a peer may have had a hand in, made fit for a log: line breaks, control characters, terminal sequences,
 * characters that are not seen or turn the writing direction appear as in a Java string literal, and what is long is cut.
 * Any thread.
 */
public final class Escaped {

    /** So many characters of a text are shown; what is cut off is counted. */
    public static final int LONGEST = 200;

    private Escaped() {}

    /** What the object says of itself; an object that fails to is shown by its class. */
    public static String of(@Nullable Object object) {
        if (object == null) {
            return "null";
        }
        try {
            return of(object.toString());
        } catch (RuntimeException | StackOverflowError e) {
            return object.getClass().getName();
        }
    }

    /** The text itself if it is harmless and short. */
    public static String of(@Nullable String text) {
        return text == null ? "null" : isHarmless(text) ? text : escape(text);
    }

    static boolean isHarmless(String text) {
        boolean harmless = text.length() <= LONGEST;
        for (int at = 0; harmless && at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            harmless = isShown(text.codePointAt(at));
        }
        return harmless;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        int index = 0;
        while (index < text.length() && escaped.length() < LONGEST) {
            int character = text.codePointAt(index);
            append(escaped, character);
            index += Character.charCount(character);
        }
        return index == text.length() ? escaped.toString() : escaped + "... (" + text.length() + " characters)";
    }

    private static void append(StringBuilder escaped, int character) {
        switch (character) {
            case '\r' -> escaped.append("\\r");
            case '\n' -> escaped.append("\\n");
            case '\t' -> escaped.append("\\t");
            case '\\' -> escaped.append("\\\\");
            default -> {
                if (isShown(character)) {
                    escaped.appendCodePoint(character);
                } else {
                    for (char unit : Character.toChars(character)) {
                        escaped.append("\\u").append(hex(unit));
                    }
                }
            }
        }
    }

    private static String hex(char unit) {
        return Integer.toHexString(0x10000 | unit).substring(1).toUpperCase(Locale.ROOT);
    }

    /** The backslash is not, or what is escaped could not be told from what the peer has written so. */
    private static boolean isShown(int character) {
        if (character < 0x7F) {
            return character >= ' ' && character != '\\';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** A throwable to be logged with its stack: itself if all its messages are harmless, else a likeness of it. */
    public static Throwable throwable(Throwable error) {
        return EscapedThrowable.isHarmless(error) ? error : EscapedThrowable.likenessOf(error);
    }
}

package io.asyncore.test;

import java.nio.charset.StandardCharsets;

/** Bytes for the eye of someone whose test has failed. */
final class Quoted {

    private static final int LONGEST = 200;

    private Quoted() {}

    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As in a string literal, cut if it is long. */
    static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < Math.min(bytes.length, LONGEST); i++) {
            append(text, bytes[i] & 0xFF);
        }
        text.append('"');
        return bytes.length <= LONGEST ? text.toString() : text + "... (" + bytes.length + " bytes)";
    }

    private static void append(StringBuilder text, int value) {
        switch (value) {
            case '\r' -> text.append("\\r");
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            default -> {
                if (value >= ' ' && value < 0x7F) {
                    text.append((char) value);
                } else {
                    text.append(String.format("\\x%02X", value));
                }
            }
        }
    }
}

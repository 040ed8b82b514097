package io.asyncore.golden;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Bytes as the traces show them, and the large data that scenarios send. */
final class Text {

    private Text() {}

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Short data as text, long data as their size. */
    static String shown(byte[] data) {
        if (data.length > 40) {
            return data.length + "_bytes";
        }
        return new String(data, ISO_8859_1).replace("\r", "\\r").replace("\n", "\\n");
    }

    /** So many bytes that are not all the same. */
    static byte[] much(int size) {
        byte[] data = new byte[size];
        for (int i = 0; i < size; i++) {
            data[i] = (byte) (i % 251);
        }
        return data;
    }
}

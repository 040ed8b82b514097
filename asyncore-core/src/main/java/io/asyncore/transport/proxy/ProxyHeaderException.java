package io.asyncore.transport.proxy;

import java.io.IOException;

/** What arrived is no PROXY header, or a broken one. The message is safe to log: escaped, and of bounded length. */
public final class ProxyHeaderException extends IOException {

    private static final long serialVersionUID = 1;

    ProxyHeaderException(String message) {
        super(message);
    }

    /**
     * The last of these bytes cannot belong to a header.
     *
     * @param length how many of the bytes arrived, at most as many as a line may have
     */
    static ProxyHeaderException unexpected(byte[] arrived, int length, String expected) {
        return new ProxyHeaderException("byte " + length + " of what should be a PROXY protocol header, "
                + escaped(arrived, length) + ", does not fit: expected " + expected);
    }

    private static String escaped(byte[] bytes, int length) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < length; i++) {
            char c = (char) (bytes[i] & 0xFF);
            boolean plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
            text.append(plain ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return text.append('"').toString();
    }
}

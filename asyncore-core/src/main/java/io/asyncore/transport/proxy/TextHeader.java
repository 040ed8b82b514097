package io.asyncore.transport.proxy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header of version 1, a line such as {@code PROXY TCP4 192.0.2.1 192.0.2.2 56324 443}, read character by character.
 *
 * <p>Words are separated by one space each. Behind {@code UNKNOWN} anything printable may follow, which says nothing.
 */
final class TextHeader implements ProxyHeaderParser.Form {

    static final byte FIRST = 'P';

    /** With its two characters of line end. */
    private static final int MAX_LENGTH = 107;

    private static final String UNKNOWN = "UNKNOWN";

    private final ChoiceWord protocol = new ChoiceWord("TCP4", "TCP6", UNKNOWN);
    private IpWord source = new Ip4Word();
    private IpWord destination = new Ip4Word();
    private final NumberWord sourcePort = new NumberWord(65_535);
    private final NumberWord destinationPort = new NumberWord(65_535);

    private Word word = new ChoiceWord("PROXY");
    private boolean lineEnding;
    private final byte[] line = new byte[MAX_LENGTH];
    private int length;

    @Override
    public @Nullable ProxyHeader take(ByteBuffer input) throws ProxyHeaderException {
        while (input.hasRemaining()) {
            byte next = input.get();
            line[length++] = next;
            if (lineEnding && next == '\n') {
                return header();
            }
            if (lineEnding || !accepts((char) (next & 0xFF))) {
                throw ProxyHeaderException.unexpected(line, length, expected());
            }
        }
        return null;
    }

    private boolean accepts(char next) {
        if (next == '\r' && endsHere()) {
            lineEnding = true;
            return true;
        }
        if (length > MAX_LENGTH - 2) {
            return false;
        }
        Word following = next == ' ' && word.isWhole() ? following() : null;
        if (following == null) {
            return word.take(next);
        }
        word = following;
        return true;
    }

    private boolean endsHere() {
        return word == destinationPort ? word.isWhole() : protocol.is(UNKNOWN);
    }

    /** The word behind this one, if there must or may be one. */
    private @Nullable Word following() {
        if (word == protocol) {
            return firstBehindProtocol();
        }
        if (word == source) {
            return destination;
        }
        if (word == destination) {
            return sourcePort;
        }
        if (word == sourcePort) {
            return destinationPort;
        }
        return word == destinationPort || protocol.is(UNKNOWN) ? null : protocol;
    }

    private Word firstBehindProtocol() {
        if (protocol.is(UNKNOWN)) {
            return new IgnoredWord();
        }
        if (protocol.is("TCP6")) {
            source = new Ip6Word();
            destination = new Ip6Word();
        }
        return source;
    }

    private String expected() {
        if (lineEnding) {
            return "a line feed";
        }
        if (length > MAX_LENGTH - 2) {
            return "the line to end within " + MAX_LENGTH + " bytes";
        }
        if (!word.isWhole()) {
            return word.toString();
        }
        return word + (endsHere() ? ", or the line to end" : ", or a space");
    }

    private ProxyHeader header() {
        boolean known = !protocol.is(UNKNOWN);
        return new ProxyHeader(
                1,
                ProxyHeader.Command.PROXY,
                known ? new InetSocketAddress(source.address(), sourcePort.value()) : null,
                known ? new InetSocketAddress(destination.address(), destinationPort.value()) : null,
                List.of());
    }
}

package io.asyncore.transport.proxy;

/** The rest of a line, which means nothing but must still be a line of text. */
final class IgnoredWord implements Word {

    @Override
    public boolean take(char next) {
        return next >= ' ' && next <= '~';
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public String toString() {
        return "printable ASCII";
    }
}

package io.asyncore.transport.proxy;

/** A decimal number from 0 to some maximum without leading zeros. */
final class NumberWord implements Word {

    private final int max;
    private int value;
    private boolean begun;

    NumberWord(int max) {
        this.max = max;
    }

    @Override
    public boolean take(char next) {
        if (next < '0' || next > '9' || (begun && value == 0)) {
            return false;
        }
        int longer = value * 10 + (next - '0');
        if (longer > max) {
            return false;
        }
        value = longer;
        begun = true;
        return true;
    }

    @Override
    public boolean isWhole() {
        return begun;
    }

    int value() {
        return value;
    }

    @Override
    public String toString() {
        return "a number from 0 to " + max + " without leading zeros";
    }
}

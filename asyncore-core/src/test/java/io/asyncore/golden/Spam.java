package io.asyncore.golden;

/** What a scenario throws; unchecked, so that it can leave the loop as it is. */
final class Spam extends RuntimeException {

    private static final long serialVersionUID = 1;

    Spam(String message) {
        super(message);
    }
}

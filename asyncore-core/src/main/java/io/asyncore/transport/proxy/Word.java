package io.asyncore.transport.proxy;

/** One word of a header line, read character by character; its {@code toString} says what it is expected to be. */
interface Word {

    /** Takes the next character, or refuses it because no word of this kind goes on with it. */
    boolean take(char next);

    /** May the word end here? */
    boolean isWhole();
}

package io.asyncore.transport.proxy;

import java.util.List;

/** One of a few fixed words, none of which begins another. */
final class ChoiceWord implements Word {

    private final List<String> choices;
    private String taken = "";

    ChoiceWord(String... choices) {
        this.choices = List.of(choices);
    }

    @Override
    public boolean take(char next) {
        String longer = taken + next;
        for (String choice : choices) {
            if (choice.startsWith(longer)) {
                taken = longer;
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isWhole() {
        return choices.contains(taken);
    }

    boolean is(String choice) {
        return taken.equals(choice);
    }

    @Override
    public String toString() {
        return "\"" + String.join("\" or \"", choices) + "\"";
    }
}

package io.asyncore.spring.actuate;

import java.util.Locale;

/** The tags of the meters. Their values are few: names of servers, indexes of loops, constants. */
final class Tags {

    static final String SERVER = "server";
    static final String LOOP = "loop";
    static final String EVENT = "event";
    static final String REASON = "reason";
    static final String DIRECTION = "direction";

    private Tags() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package io.asyncore.spring.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** The names of all keys, and which of them somebody may have meant. */
final class KeyNames {

    private static final int SLIPS = 2;
    private static final Pattern INDEX = Pattern.compile("(_\\d+_?|\\[\\d+])$");
    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

    /** Where a name has that of a server, if it is a key of a named one. */
    private static final Pattern SERVER = Pattern.compile("asyncore[._][^._]+[._]([a-z0-9]+)[._].+");

    private KeyNames() {}

    /** What remains of a name however its words are separated and its case is. */
    static String letters(String name) {
        String key = INDEX.matcher(name.toLowerCase(Locale.ROOT)).replaceFirst("");
        return SEPARATORS.matcher(key).replaceAll("");
    }

    /** The key that is a slip or two of the finger away, the nearest one. */
    static Optional<String> nearest(String name) {
        String letters = letters(name);
        Matcher server = SERVER.matcher(name.toLowerCase(Locale.ROOT));
        Comparator<String> byDistance = Comparator.comparingInt(key -> distance(letters, letters(key)));
        return under(AsyncoreProperties.class, "asyncore.", server.matches() ? server.group(1) : "")
                .min(byDistance)
                .filter(key -> distance(letters, letters(key)) <= SLIPS);
    }

    /** All keys of a group, with what stands before them; those of named servers as if there were one of that name. */
    static Stream<String> under(Class<?> group, String prefix, String server) {
        return Arrays.stream(group.getRecordComponents()).flatMap(component -> at(component, prefix, server));
    }

    private static Stream<String> at(RecordComponent component, String prefix, String server) {
        String key = prefix + DataObjectPropertyName.toDashedForm(component.getName());
        if (component.getType() == Map.class) {
            return server.isEmpty()
                    ? Stream.empty()
                    : under(AsyncoreProperties.Server.class, key + "." + server + ".", server);
        }
        return component.getType().isRecord() ? under(component.getType(), key + ".", server) : Stream.of(key);
    }

    /** How many letters must be put in, taken out or exchanged to make one of the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int before = row[0]++;
            for (int j = 1; j <= other.length(); j++) {
                int exchanged = before + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                before = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}

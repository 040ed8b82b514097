package io.asyncore.spring.autoconfigure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Warns of environment variables and system properties that look like keys of ours and are none. Boot refuses unknown keys in
 * files and arguments alone: the environment belongs to others too. So names are compared without what separates their words,
 * and {@link ServiceLinks what Kubernetes sets} for a service of such a name is left alone, as is what asyncore-test reads. A
 * name that is like no key and in none of our groups may be the application's own, for a placeholder in its files: that is told
 * at level debug.
 */
final class StrayNames {

    private static final Logger log = LoggerFactory.getLogger(StrayNames.class);

    private static final Pattern OURS = Pattern.compile("asyncore[._](.+)");

    /** What a key is of, and the key: names of servers have no separators. */
    private static final Pattern GROUP = Pattern.compile("(server|servers(?:[._][^._]+)?|loop)(?:[._](.+))?");

    private static final Set<String> SINGLE = Set.of("enabled");
    private static final Set<String> OF_TESTS = Set.of("asyncore.seed", "asyncore.seeds");
    private static final Set<String> SERVER = keys(AsyncoreProperties.Server.class);
    private static final Set<String> LOOP = keys(AsyncoreProperties.Loop.class);

    private StrayNames() {}

    static void warn(Environment environment) {
        if (environment instanceof ConfigurableEnvironment known) {
            warn("system property", known, StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
            warn("environment variable", known, StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        }
    }

    private static void warn(String kind, ConfigurableEnvironment environment, String name) {
        PropertySource<?> source = environment.getPropertySources().get(name);
        if (source instanceof EnumerablePropertySource<?> names) {
            Arrays.stream(names.getPropertyNames())
                    .filter(StrayNames::isStray)
                    .filter(stray -> !ServiceLinks.isAddress(names.getProperty(stray)))
                    .sorted()
                    .forEach(stray -> log.atLevel(level(stray)).log("{}", warning(kind, stray)));
        }
    }

    static Level level(String stray) {
        Matcher ours = OURS.matcher(stray.toLowerCase(Locale.ROOT));
        boolean inGroup = ours.matches() && GROUP.matcher(ours.group(1)).matches();
        return inGroup || KeyNames.nearest(stray).isPresent() ? Level.WARN : Level.DEBUG;
    }

    static String warning(String kind, String stray) {
        return "The " + kind + " '" + stray + "' is none of the keys that there are"
                + KeyNames.nearest(stray)
                        .map(key -> "; the nearest is '" + key + "'")
                        .orElse("")
                + ": correct it, unless somebody else reads it";
    }

    static boolean isStray(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Matcher ours = OURS.matcher(lower);
        return ours.matches()
                && !OF_TESTS.contains(lower)
                && !ServiceLinks.isName(lower)
                && !isKeyOrGroup(ours.group(1));
    }

    /** A group that is set to a value does not go unseen: it ends the start. */
    private static boolean isKeyOrGroup(String name) {
        Matcher group = GROUP.matcher(name);
        if (!group.matches()) {
            return SINGLE.contains(KeyNames.letters(name));
        }
        Set<String> keys = group.group(1).equals("loop") ? LOOP : SERVER;
        return group.group(2) == null || keys.contains(KeyNames.letters(group.group(2)));
    }

    private static Set<String> keys(Class<?> group) {
        return KeyNames.under(group, "", "").map(KeyNames::letters).collect(Collectors.toSet());
    }
}

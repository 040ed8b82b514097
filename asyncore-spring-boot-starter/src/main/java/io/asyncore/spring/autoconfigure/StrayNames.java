package io.asyncore.spring.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Warns of environment variables and system properties that look like keys of ours and are none. Boot refuses unknown keys in
 * files and arguments alone: the environment belongs to others too. So names are compared without what separates their words,
 * and {@link ServiceLinks what Kubernetes sets} for a service of such a name is left alone.
 */
final class StrayNames {

    private static final Logger log = LoggerFactory.getLogger(StrayNames.class);

    /** What a key is of, and the key: names of servers have no separators. */
    private static final Pattern OURS = Pattern.compile("asyncore[._](server|servers[._][^._]+|loop)[._](.+)");

    private static final Pattern INDEX = Pattern.compile("(_\\d+_?|\\[\\d+])$");
    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

    private static final Set<String> SERVER =
            keys(AsyncoreProperties.Server.class, "").collect(Collectors.toSet());
    private static final Set<String> LOOP =
            keys(AsyncoreProperties.Loop.class, "").collect(Collectors.toSet());

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
                    .forEach(stray -> log.warn(
                            "The {} '{}' is none of the keys that there are: correct it, unless somebody else reads it",
                            kind,
                            stray));
        }
    }

    static boolean isStray(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Matcher ours = OURS.matcher(lower);
        return ours.matches() && !ServiceLinks.isName(lower) && !isKey(ours.group(1), ours.group(2));
    }

    private static boolean isKey(String group, String name) {
        String key = SEPARATORS.matcher(INDEX.matcher(name).replaceFirst("")).replaceAll("");
        return (group.equals("loop") ? LOOP : SERVER).contains(key);
    }

    private static Stream<String> keys(Class<?> group, String prefix) {
        return Arrays.stream(group.getRecordComponents()).flatMap(component -> keys(component, prefix));
    }

    private static Stream<String> keys(RecordComponent component, String prefix) {
        String key = prefix + component.getName().toLowerCase(Locale.ROOT);
        return component.getType().isRecord() ? keys(component.getType(), key) : Stream.of(key);
    }
}

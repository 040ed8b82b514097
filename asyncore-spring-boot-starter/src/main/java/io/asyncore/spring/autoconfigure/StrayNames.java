package io.asyncore.spring.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
 * and what Kubernetes sets for a service of such a name is left alone.
 */
final class StrayNames {

    private static final Logger log = LoggerFactory.getLogger(StrayNames.class);

    private static final Pattern OURS = Pattern.compile("asyncore[._](servers?|loop)[._].+");
    private static final Pattern OF_A_SERVICE = Pattern.compile("asyncore_.*_(service_(host|port)|port_\\d+_).*");
    private static final Pattern INDEX = Pattern.compile("(_\\d+_?|\\[\\d+])$");
    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

    private static final List<String> SERVER =
            keys(AsyncoreProperties.Server.class, "").toList();
    private static final List<String> LOOP =
            keys(AsyncoreProperties.Loop.class, "").toList();

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
                    .filter(stray -> !isAddress(names.getProperty(stray)))
                    .sorted()
                    .forEach(stray -> log.warn(
                            "The {} '{}' is none of the keys that there are: correct it, unless somebody else reads it",
                            kind,
                            stray));
        }
    }

    /** Of a service, like {@code ASYNCORE_LOOP_PORT=tcp://10.0.0.1:9001}. */
    private static boolean isAddress(@Nullable Object value) {
        return String.valueOf(value).contains("://");
    }

    static boolean isStray(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OURS.matcher(lower).matches()
                && !OF_A_SERVICE.matcher(lower).matches()
                && !isKey(SEPARATORS
                        .matcher(INDEX.matcher(lower).replaceFirst(""))
                        .replaceAll("")
                        .substring("asyncore".length()));
    }

    private static boolean isKey(String key) {
        return key.startsWith("servers")
                ? SERVER.stream().anyMatch(key::endsWith)
                : SERVER.stream().anyMatch(each -> key.equals("server" + each))
                        || LOOP.stream().anyMatch(each -> key.equals("loop" + each));
    }

    private static Stream<String> keys(Class<?> group, String prefix) {
        return Arrays.stream(group.getRecordComponents()).flatMap(component -> keys(component, prefix));
    }

    private static Stream<String> keys(RecordComponent component, String prefix) {
        String key = prefix + component.getName().toLowerCase(Locale.ROOT);
        return component.getType().isRecord() ? keys(component.getType(), key) : Stream.of(key);
    }
}

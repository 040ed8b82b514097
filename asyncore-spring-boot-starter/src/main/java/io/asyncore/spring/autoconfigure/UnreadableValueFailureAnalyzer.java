package io.asyncore.spring.autoconfigure;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/** Explains a value that cannot be read, such as {@code asyncore.server.timeouts.idle: 10q}: what can be written there. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's own, which speaks of converters and classes
final class UnreadableValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationPropertyName name = cause.getName();
        ConfigurationProperty property = cause.getProperty();
        String expected = GroupKeys.isOurs(name)
                ? GroupKeys.valueType(name).map(type -> expected(name, type)).orElse(null)
                : null;
        if (property == null || expected == null) {
            return null;
        }
        return new FailureAnalysis(
                "'" + name + "' has the value '" + property.getValue() + "'" + Origins.of(property)
                        + ", which cannot be read.",
                ServiceLinks.isOne(property) ? ServiceLinks.remedy(name) : "Write " + expected + ".",
                cause);
    }

    private static @Nullable String expected(ConfigurationPropertyName name, Class<?> type) {
        if (type == Duration.class) {
            return "a whole number with a unit: ms, s, m, h or d, such as 30s or 5m; without a unit it is milliseconds";
        }
        if (type == DataSize.class) {
            return "a whole number with a unit: B, KB, MB or GB, such as 64KB; without a unit it is bytes";
        }
        if (type == int.class || type == Integer.class) {
            return name.getLastElement(ConfigurationPropertyName.Form.UNIFORM).equals("port")
                    ? "a whole number from 0 to 65535; 0 takes any free port"
                    : "a whole number up to " + Integer.MAX_VALUE;
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == InetAddress.class) {
            return "an address of this machine, or a name that can be looked up";
        }
        return type.isEnum() ? "one of: " + constants(type) : null;
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(each -> each.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}

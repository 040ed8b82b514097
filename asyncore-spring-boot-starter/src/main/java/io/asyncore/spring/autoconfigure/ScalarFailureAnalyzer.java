package io.asyncore.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Explains a value where keys belong, such as {@code asyncore.server: 9001}. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's own, which speaks of converters and classes
final class ScalarFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationPropertyName name = cause.getName();
        ConfigurationProperty property = cause.getProperty();
        if (property == null || !GroupKeys.isOurs(name) || GroupKeys.type(name).isEmpty()) {
            return null;
        }
        String origin = property.getOrigin() == null ? "" : " (set in " + property.getOrigin() + ")";
        return new FailureAnalysis(
                "'" + name + "' has the value '" + property.getValue() + "'" + origin
                        + ", but belongs to a group of keys.",
                example(name, String.valueOf(property.getValue())) + GroupKeys.of(name),
                cause);
    }

    /** A number where a server belongs is a port. */
    private static String example(ConfigurationPropertyName name, String value) {
        boolean server = GroupKeys.type(name).orElseThrow() == AsyncoreProperties.Server.class;
        return server && value.matches("\\d+") ? "Write '" + name + ".port: " + value + "'. " : "";
    }
}

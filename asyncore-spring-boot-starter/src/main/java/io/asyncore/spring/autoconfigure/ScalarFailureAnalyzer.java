package io.asyncore.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Explains a value where keys belong, such as {@code asyncore.server: 9001}. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's own, which speaks of converters and classes
final class ScalarFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private final Environment environment;

    ScalarFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationPropertyName name = cause.getName();
        ConfigurationProperty property = Origins.find(environment, name); // the failure does not tell in all cases
        if (property == null || !GroupKeys.isOurs(name) || GroupKeys.type(name).isEmpty()) {
            return null;
        }
        return new FailureAnalysis(
                "'" + name + "' has the value '" + property.getValue() + "'" + Origins.of(property)
                        + ", but is a group of keys.",
                ServiceLinks.isOne(property)
                        ? ServiceLinks.remedy(name)
                        : example(name, String.valueOf(property.getValue())) + GroupKeys.of(name),
                cause);
    }

    /** A number where a server belongs is a port. */
    private static String example(ConfigurationPropertyName name, String value) {
        boolean server = GroupKeys.type(name).orElseThrow() == AsyncoreProperties.Server.class;
        return server && value.matches("\\d+") ? "Write '" + name + ".port: " + value + "'. " : "";
    }
}

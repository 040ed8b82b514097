package io.asyncore.spring.autoconfigure;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names the keys under {@code asyncore} that do not exist, where they are set, and the keys that there are in their place. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's own, which knows of no key that would be right
final class UnknownKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        if (!cause.getUnboundProperties().stream().allMatch(unknown -> GroupKeys.isOurs(unknown.getName()))) {
            return null;
        }
        String description = cause.getUnboundProperties().stream()
                .map(UnknownKeyFailureAnalyzer::describe)
                .collect(Collectors.joining("\n"));
        String groups = cause.getUnboundProperties().stream()
                .map(unknown -> GroupKeys.around(unknown.getName()))
                .distinct()
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(description, "Correct or remove it. " + groups, cause);
    }

    private static String describe(ConfigurationProperty unknown) {
        ConfigurationPropertyName name = unknown.getName();
        boolean ofAList = name.isLastElementIndexed()
                && GroupKeys.valueType(name.getParent()).isPresent();
        String hint = ofAList ? " Lists are counted from 0, and leave no number out." : "";
        return "There is no key '" + name + "'" + Origins.of(unknown) + "." + hint;
    }
}

package io.asyncore.spring.autoconfigure;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names the keys under {@code asyncore} that do not exist, where they are set, and the keys that a server has. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's own, which knows of no key that would be right
final class UnknownKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("asyncore");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        boolean ours =
                cause.getUnboundProperties().stream().allMatch(unknown -> PREFIX.isAncestorOf(unknown.getName()));
        if (!ours) {
            return null;
        }
        String description = cause.getUnboundProperties().stream()
                .map(UnknownKeyFailureAnalyzer::describe)
                .collect(Collectors.joining("\n"));
        String keys = keys(AsyncoreProperties.Server.class, "").sorted().collect(Collectors.joining(", "));
        return new FailureAnalysis(
                description,
                "Correct or remove it. Under asyncore.server and asyncore.servers.<name> there are: " + keys
                        + ". Besides there is asyncore.loop.timeout.",
                cause);
    }

    private static String describe(ConfigurationProperty unknown) {
        String origin = unknown.getOrigin() == null ? "" : " (set in " + unknown.getOrigin() + ")";
        return "There is no key '" + unknown.getName() + "'" + origin + ".";
    }

    private static Stream<String> keys(Class<?> type, String prefix) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            String key = prefix + DataObjectPropertyName.toDashedForm(component.getName());
            return component.getType().isRecord() ? keys(component.getType(), key + ".") : Stream.of(key);
        });
    }
}

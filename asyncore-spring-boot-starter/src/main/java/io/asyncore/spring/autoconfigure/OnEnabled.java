package io.asyncore.spring.autoconfigure;

import io.asyncore.spring.context.AsyncoreStartException;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Shall there be servers at all? What is neither true nor false ends the start: Boot's own condition takes {@code on} and
 * {@code treu} for a no, and nobody would hear of it.
 */
final class OnEnabled extends SpringBootCondition {

    private static final ConfigurationPropertyName KEY = ConfigurationPropertyName.of("asyncore.enabled");

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Asyncore");
        return whyNot(context.getEnvironment())
                .map(reason -> ConditionOutcome.noMatch(message.because(reason)))
                .orElseGet(() -> ConditionOutcome.match(message.because("it is not switched off")));
    }

    /** Who has switched the servers off, if they are. */
    static Optional<String> whyNot(Environment environment) {
        String value = environment.getProperty(KEY.toString(), "true").trim(); // as Boot does
        if (value.equalsIgnoreCase("true")) {
            return Optional.empty();
        }
        String origin = Origins.of(Origins.find(environment, KEY));
        if (value.equalsIgnoreCase("false")) {
            return Optional.of("'" + KEY + "' is false" + origin);
        }
        throw new AsyncoreStartException(
                "'" + KEY + "' has the value '" + value + "'" + origin + ", which cannot be read.",
                "Write true or false.");
    }
}

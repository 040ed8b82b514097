package io.asyncore.spring.autoconfigure;

import io.asyncore.spring.context.ManagedServers;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Is there something to do: a key of a server, or a bean that handles connections? */
final class OnServerOrHandler extends SpringBootCondition implements ConfigurationCondition {

    private static final ConfigurationPropertyName SERVER = ConfigurationPropertyName.of("asyncore.server");
    private static final ConfigurationPropertyName SERVERS = ConfigurationPropertyName.of("asyncore.servers");

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Asyncore");
        if (isConfigured(context.getEnvironment())) {
            return ConditionOutcome.match(message.foundExactly("keys of a server"));
        }
        if (ManagedServers.hasHandlers(Objects.requireNonNull(context.getBeanFactory()))) {
            return ConditionOutcome.match(message.foundExactly("a bean that handles connections"));
        }
        return ConditionOutcome.noMatch(
                message.because("there is no @AsyncoreHandler, no DispatcherFactory, no prototype"
                        + " Dispatcher, and no key under asyncore.server or asyncore.servers"));
    }

    private static boolean isConfigured(Environment environment) {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .anyMatch(source -> has(source, SERVER) || has(source, SERVERS));
    }

    private static boolean has(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        return source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT
                || source.getConfigurationProperty(name) != null;
    }
}

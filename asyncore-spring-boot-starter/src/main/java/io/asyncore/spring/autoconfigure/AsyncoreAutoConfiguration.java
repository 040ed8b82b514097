package io.asyncore.spring.autoconfigure;

import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.context.ManagedServers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Starts the servers that are configured under {@code asyncore}, with the handlers that the application's beans
 * provide.
 */
@AutoConfiguration
@EnableConfigurationProperties(AsyncoreProperties.class)
public final class AsyncoreAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(AsyncoreServers.class)
    ManagedServers asyncoreServers(
            AsyncoreProperties properties,
            ApplicationContext context,
            ConfigurableListableBeanFactory beans,
            ObjectProvider<AsyncoreServerCustomizer> customizers) {
        return new ManagedServers(ServerSpecs.of(properties), context, beans, customizers);
    }
}

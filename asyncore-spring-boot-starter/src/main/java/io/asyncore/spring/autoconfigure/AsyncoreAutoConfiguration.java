package io.asyncore.spring.autoconfigure;

import io.asyncore.LoopListener;
import io.asyncore.spring.AsyncoreExecutorProvider;
import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.context.GracefulShutdown;
import io.asyncore.spring.context.ManagedServers;
import io.asyncore.spring.context.OffloadExecutor;
import io.asyncore.spring.context.ReadinessRefusal;
import io.asyncore.spring.context.ServerParts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Starts the servers that are configured under {@code asyncore}, with the handlers that the application's beans provide.
 * Without a handler and a server's key there is nothing to do.
 */
@AutoConfiguration
@Conditional({OnEnabled.class, OnServerOrHandler.class})
@EnableConfigurationProperties(AsyncoreProperties.class)
public final class AsyncoreAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(AsyncoreExecutorProvider.class)
    OffloadExecutor asyncoreOffloadExecutor(Environment environment) {
        return new OffloadExecutor(Threading.VIRTUAL.isActive(environment));
    }

    /** All of it, or nothing where the application brings servers of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(AsyncoreServers.class)
    static class Servers {

        /** The switch is asked again: made ahead of time, this bean is there in any case. */
        @Bean
        ManagedServers asyncoreServers(
                AsyncoreProperties properties,
                ApplicationContext context,
                ConfigurableListableBeanFactory beans,
                AsyncoreExecutorProvider executor,
                ObjectProvider<LoopListener> listeners,
                ObjectProvider<SslBundles> bundles,
                ObjectProvider<AsyncoreServerCustomizer> customizers) {
            String switchedOff = OnEnabled.whyNot(context.getEnvironment()).orElse(null);
            if (switchedOff != null) {
                return ManagedServers.none(context, switchedOff);
            }
            StrayNames.warn(context.getEnvironment());
            ServerParts parts = new ServerParts(executor, listeners, bundles, customizers);
            return new ManagedServers(ServerSpecs.of(properties), context, beans, parts);
        }

        @Bean
        GracefulShutdown asyncoreGracefulShutdown(ManagedServers servers, Environment environment) {
            return new GracefulShutdown(servers, environment);
        }

        @Bean
        ReadinessRefusal asyncoreReadinessRefusal(
                ApplicationContext context, ObjectProvider<ApplicationAvailability> availability) {
            return new ReadinessRefusal(context, availability);
        }
    }
}

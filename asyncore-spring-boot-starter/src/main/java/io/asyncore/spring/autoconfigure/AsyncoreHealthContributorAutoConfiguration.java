package io.asyncore.spring.autoconfigure;

import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.actuate.AsyncoreHealthContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Tells the servers' health where the application asks for health. */
@AutoConfiguration(after = AsyncoreAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("asyncore")
@ConditionalOnBean(AsyncoreServers.class)
public final class AsyncoreHealthContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"asyncoreHealthContributor", "asyncoreHealthIndicator"})
    AsyncoreHealthContributor asyncoreHealthContributor(AsyncoreServers servers) {
        return new AsyncoreHealthContributor(servers);
    }
}

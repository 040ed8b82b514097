package io.asyncore.spring.autoconfigure;

import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.actuate.AsyncoreCounters;
import io.asyncore.spring.actuate.AsyncoreMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Publishes the servers' meters where the application has a Micrometer registry. */
@AutoConfiguration(
        after = AsyncoreAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, AsyncoreServers.class})
@Import(CountersConfiguration.class)
public final class AsyncoreMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AsyncoreMetrics asyncoreMetrics(ObjectProvider<AsyncoreServers> servers, AsyncoreCounters counters) {
        return new AsyncoreMetrics(servers, counters);
    }
}

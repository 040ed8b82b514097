package io.asyncore.spring.autoconfigure;

import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.context.NothingListens;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Where there is no server: says so to an application that seems to want one. */
@AutoConfiguration(after = AsyncoreAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "asyncore.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(AsyncoreServers.class)
public final class AsyncoreNothingListensAutoConfiguration {

    @Bean
    NothingListens asyncoreNothingListens(ConfigurableListableBeanFactory beans) {
        return new NothingListens(beans);
    }
}

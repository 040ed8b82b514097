package io.asyncore.spring.autoconfigure;

import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.context.NothingListens;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Where there is no server: says so if none shall be, or if the application seems to want one. */
@AutoConfiguration(after = AsyncoreAutoConfiguration.class)
@ConditionalOnMissingBean(AsyncoreServers.class)
public final class AsyncoreNothingListensAutoConfiguration {

    @Bean
    NothingListens asyncoreNothingListens(ConfigurableListableBeanFactory beans, Environment environment) {
        return new NothingListens(beans, OnEnabled.whyNot(environment).orElse(null));
    }
}

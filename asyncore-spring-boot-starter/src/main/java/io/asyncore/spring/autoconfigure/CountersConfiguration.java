package io.asyncore.spring.autoconfigure;

import io.asyncore.spring.actuate.AsyncoreCounters;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What servers count, for whoever publishes it; where nobody does, nothing is counted. */
@Configuration(proxyBeanMethods = false)
class CountersConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AsyncoreCounters asyncoreCounters() {
        return new AsyncoreCounters();
    }
}

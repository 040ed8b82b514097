package io.asyncore.spring.autoconfigure;

import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.actuate.AsyncoreCounters;
import io.asyncore.spring.actuate.AsyncoreEndpoint;
import io.asyncore.spring.actuate.AsyncoreEndpointWebExtension;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Publishes the servers and their channels where the application exposes the actuator's endpoint {@code asyncore}. */
@AutoConfiguration(after = AsyncoreAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(AsyncoreEndpoint.class)
@ConditionalOnBean(AsyncoreServers.class)
@Import(CountersConfiguration.class)
public final class AsyncoreEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AsyncoreEndpoint asyncoreEndpoint(AsyncoreServers servers, AsyncoreCounters counters) {
        return new AsyncoreEndpoint(servers, counters);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
    AsyncoreEndpointWebExtension asyncoreEndpointWebExtension(AsyncoreEndpoint endpoint) {
        return new AsyncoreEndpointWebExtension(endpoint);
    }
}

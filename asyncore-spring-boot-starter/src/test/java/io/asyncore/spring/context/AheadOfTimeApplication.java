package io.asyncore.spring.context;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServerStartedEvent;
import io.asyncore.spring.Greeter;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** Boot looks for what was made ahead of time beside a class that is not nested. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(AheadOfTimeApplication.Echo.class)
class AheadOfTimeApplication {

    public static void main(String[] args) {
        SpringApplication.run(AheadOfTimeApplication.class, args);
    }

    @Bean
    String service() {
        return "with a service";
    }

    @Bean
    DispatcherFactory factory() {
        return () -> new Greeter("from a factory");
    }

    @EventListener
    void started(AsyncoreServerStartedEvent event) {
        System.out.println(
                event.getServer().name() + " is on " + event.getServer().port());
    }

    @AsyncoreHandler("default")
    static class Echo extends Greeter {
        Echo(String service) {
            super("Echo " + service);
        }
    }
}

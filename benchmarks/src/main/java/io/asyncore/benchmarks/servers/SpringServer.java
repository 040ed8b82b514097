package io.asyncore.benchmarks.servers;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServers;
import java.net.InetAddress;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Ours in a Spring Boot application that has Micrometer and the actuator, with the same options. */
final class SpringServer {

    private SpringServer() {}

    static RunningServer start(Protocol protocol, int port) {
        ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "benchmark.protocol",
                        protocol.toString(),
                        "spring.main.banner-mode",
                        "off",
                        "asyncore.server.address",
                        InetAddress.getLoopbackAddress().getHostAddress(),
                        "asyncore.server.port",
                        port,
                        "asyncore.server.backlog",
                        AsyncoreServer.BACKLOG,
                        "asyncore.server.limits.connections",
                        AsyncoreServer.CONNECTIONS))
                .run();
        int bound = application.getBean(AsyncoreServers.class).all().get(0).port();
        return new RunningServer(bound, application);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        DispatcherFactory handler(Environment environment) {
            return AsyncoreServer.handler(Protocol.named(environment.getRequiredProperty("benchmark.protocol")));
        }
    }
}

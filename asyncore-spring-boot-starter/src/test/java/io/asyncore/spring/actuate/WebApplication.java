package io.asyncore.spring.actuate;

import io.asyncore.spring.AsyncoreServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole application with a web server and everything of the actuator that its properties expose, and a client for it. */
final class WebApplication implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param properties as {@code key=value} */
    WebApplication(Class<?> configuration, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("spring.main.web-application-type=servlet");
        all.add("server.port=0");
        context = new SpringApplicationBuilder(Everything.class, configuration)
                .run(all.stream().map(property -> "--" + property).toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Everything {}

    ConfigurableApplicationContext context() {
        return context;
    }

    /** The port of one of its servers. */
    int port(String server) {
        return context.getBean(AsyncoreServers.class).get(server).port();
    }

    HttpResponse<String> get(String path) throws Exception {
        return exchange("GET", path);
    }

    HttpResponse<String> exchange(String method, String path) throws IOException, InterruptedException {
        String port = context.getEnvironment().getProperty("local.server.port");
        URI uri = URI.create("http://localhost:" + port + "/actuator" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    JsonNode json(String path) throws Exception {
        return MAPPER.readTree(get(path).body());
    }

    @Override
    public void close() {
        context.close();
    }
}

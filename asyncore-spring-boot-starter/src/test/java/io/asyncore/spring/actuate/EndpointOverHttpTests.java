package io.asyncore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.Greeter;
import io.asyncore.test.AsyncoreTestClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** The endpoint and the health as an HTTP client sees them: paths, status codes, and JSON. */
class EndpointOverHttpTests {

    @Import(Greeting.class)
    static class Application {}

    @AsyncoreHandler
    static class Greeting extends Greeter {}

    private static WebApplication start(String... more) {
        List<String> properties = new ArrayList<>(List.of(more));
        properties.add("asyncore.server.port=0");
        properties.add("management.endpoints.web.exposure.include=asyncore,health");
        properties.add("management.endpoint.health.show-details=always");
        return new WebApplication(Application.class, properties.toArray(String[]::new));
    }

    private static long connection(WebApplication application) throws Exception {
        return application
                .json("/asyncore/default?state=connected")
                .at("/channels/0/id")
                .asLong();
    }

    @Test
    void readingIsAllowedAndClosingIsNot() throws Exception {
        try (WebApplication application = start();
                AsyncoreTestClient client = AsyncoreTestClient.connect(application.port("default"))) {
            client.readLine();
            assertThat(application
                            .json("/asyncore")
                            .at("/servers/default/state")
                            .asString())
                    .isEqualTo("RUNNING");
            assertThat(application.json("/asyncore").at("/totals/connections").asInt())
                    .isEqualTo(1);
            JsonNode page = application.json("/asyncore/default?limit=1&offset=1&peer=127.0.0.1&handler=Greeting");
            assertThat(page.at("/total").asInt()).isEqualTo(2);
            assertThat(page.at("/matched").asInt()).isEqualTo(1);
            assertThat(page.at("/channels").size()).isZero();
            long id = connection(application);
            assertThat(application
                            .json("/asyncore/default/" + id)
                            .at("/tlsProtocol")
                            .isNull())
                    .isTrue();
            assertThat(application.json("/asyncore/default/" + id).at("/id").asLong())
                    .isEqualTo(id);
            assertThat(application.exchange("DELETE", "/asyncore/default/" + id).statusCode())
                    .isEqualTo(405);
            client.sendLine("still here");
            client.expectLine("still here");
        }
    }

    @Test
    void whatThereIsNotIsNotFoundAndWhatMakesNoSenseIsABadRequest() throws Exception {
        try (WebApplication application = start("management.endpoint.asyncore.access=unrestricted")) {
            assertThat(application.get("/asyncore/nobody").statusCode()).isEqualTo(404);
            assertThat(application.get("/asyncore/nobody/1").statusCode()).isEqualTo(404);
            assertThat(application.get("/asyncore/default/999999").statusCode()).isEqualTo(404);
            assertThat(application
                            .exchange("DELETE", "/asyncore/default/999999")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(application.exchange("DELETE", "/asyncore/nobody/1").statusCode())
                    .isEqualTo(404);
            assertThat(application.get("/asyncore/default?limit=1001").statusCode())
                    .isEqualTo(400);
            assertThat(application.get("/asyncore/default?limit=many").statusCode())
                    .isEqualTo(400);
            assertThat(application.get("/asyncore/default?state=open").statusCode())
                    .isEqualTo(400);
            assertThat(application.get("/asyncore/default/one").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void whereItIsAllowedDeleteClosesAChannel() throws Exception {
        try (WebApplication application = start("management.endpoint.asyncore.access=unrestricted");
                AsyncoreTestClient client = AsyncoreTestClient.connect(application.port("default"))) {
            client.readLine();
            long id = connection(application);
            assertThat(application.exchange("DELETE", "/asyncore/default/" + id).statusCode())
                    .isEqualTo(204);
            client.expectEnd();
            assertThat(application.get("/asyncore/default/" + id).statusCode()).isEqualTo(404);
            long listener =
                    application.json("/asyncore/default").at("/channels/0/id").asLong();
            assertThat(application
                            .exchange("DELETE", "/asyncore/default/" + listener)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void theHealthHasTheServersWithTheirDetails() throws Exception {
        try (WebApplication application = start()) {
            JsonNode server = application.json("/health").at("/components/asyncore/components/default");
            assertThat(server.at("/status").asString()).isEqualTo("UP");
            assertThat(server.at("/details/port").asInt()).isEqualTo(application.port("default"));
            assertThat(application
                            .json("/health/asyncore/default")
                            .at("/status")
                            .asString())
                    .isEqualTo("UP");
        }
    }
}

package io.asyncore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.test.AsyncoreTestClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Import;

/** What a Prometheus server reads of an application's meters, over HTTP. */
class PrometheusTests {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (asyncore_\\w+) (\\w+)$");

    @Import(Greeting.class)
    static class Application {}

    @AsyncoreHandler
    static class Greeting extends Greeter {}

    private static WebApplication start() {
        return new WebApplication(
                Application.class, "asyncore.server.port=0", "management.endpoints.web.exposure.include=prometheus");
    }

    @Test
    void theMetersHaveTheNamesAndTypesOfPrometheus() throws Exception {
        try (WebApplication application = start()) {
            HttpResponse<String> page = application.get("/prometheus");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(types(page.body()))
                    .containsExactlyInAnyOrder(
                            "asyncore_bytes_total counter",
                            "asyncore_callback_longest_seconds gauge",
                            "asyncore_callback_seconds summary",
                            "asyncore_callback_slow_total counter",
                            "asyncore_channels gauge",
                            "asyncore_connections_accepted_total counter",
                            "asyncore_connections_closed_total counter",
                            "asyncore_connections_config_max gauge",
                            "asyncore_connections_current gauge",
                            "asyncore_connections_full_seconds_total counter",
                            "asyncore_connections_handshakes gauge",
                            "asyncore_connections_rejected_total counter",
                            "asyncore_events_total counter",
                            "asyncore_loop_lag_seconds gauge",
                            "asyncore_loop_tasks_pending gauge",
                            "asyncore_loop_turns_total counter",
                            "asyncore_tls_handshake_seconds summary",
                            "asyncore_write_dropped_bytes_total counter",
                            "asyncore_write_pending_bytes gauge");
        }
    }

    private static List<String> types(String page) {
        return TYPE.matcher(page)
                .results()
                .map(type -> type.group(1) + " " + type.group(2))
                .toList();
    }

    @Test
    void whatHappensIsToBeReadAndNothingFallsWhenTheServerIsRestarted() throws Exception {
        try (WebApplication application = start()) {
            converse(application);
            Contexts.await(() -> closed(application) == 1);
            assertThat(sample(application, "asyncore_channels{loop=\"0\",server=\"default\"}"))
                    .as("the listener")
                    .isEqualTo(1);
            application.context().getBean("asyncoreServers", Lifecycle.class).stop();
            assertThat(sample(application, "asyncore_channels{loop=\"0\",server=\"default\"}"))
                    .isZero();
            assertThat(sample(application, bytes("in"))).isEqualTo(7);
            application.context().getBean("asyncoreServers", Lifecycle.class).start();
            converse(application);
            Contexts.await(() -> closed(application) == 2);
            assertThat(sample(application, bytes("in"))).isEqualTo(14);
            assertThat(sample(application, bytes("out"))).isEqualTo(2 * ("Greeting\r\nhello\r\n".length()));
            assertThat(sample(application, "asyncore_connections_accepted_total{server=\"default\"}"))
                    .isEqualTo(2);
            assertThat(sample(
                            application,
                            "asyncore_callback_seconds_count{event=\"connect\",loop=\"0\",server=\"default\"}"))
                    .isEqualTo(2);
        }
    }

    private static double closed(WebApplication application) {
        return sample(application, "asyncore_connections_closed_total{reason=\"peer\",server=\"default\"}");
    }

    private static String bytes(String direction) {
        return "asyncore_bytes_total{direction=\"" + direction + "\",loop=\"0\",server=\"default\"}";
    }

    private static void converse(WebApplication application) throws Exception {
        try (AsyncoreTestClient client = AsyncoreTestClient.connect(application.port("default"))) {
            client.sendLine("hello");
            client.expectLine("Greeting");
            client.expectLine("hello");
        }
    }

    private static double sample(WebApplication application, String name) {
        try {
            String page = application.get("/prometheus").body();
            Matcher line =
                    Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(page);
            assertThat(line.find()).as(name + " in\n" + page).isTrue();
            return Double.parseDouble(line.group(1));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

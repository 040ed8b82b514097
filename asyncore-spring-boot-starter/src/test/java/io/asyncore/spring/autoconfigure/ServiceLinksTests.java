package io.asyncore.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What Kubernetes sets in the environment for a service whose name is like our keys. */
@ExtendWith(OutputCaptureExtension.class)
class ServiceLinksTests {

    private final ApplicationContextRunner runner =
            Contexts.runner().withBean("greeter", DispatcherFactory.class, () -> Greeter::new);

    @ParameterizedTest
    @CsvSource({
        "asyncore-server, asyncore.server.port, ' or'",
        "asyncore-servers-chat, asyncore.servers.chat.port, ' or, if that server is yours,'"
    })
    void aServiceThatIsNamedLikeAServer(String service, String key, String or) {
        assertThat(failure(links(service)))
                .contains("'" + key + "' has the value 'tcp://10.0.0.1:9000' (set in ")
                .contains("Kubernetes sets this variable for a service called '" + service + "'")
                .contains("rename the service, or set 'enableServiceLinks: false' for the pod," + or + " set " + key
                        + " by an argument or a system property, which count before the environment.")
                .doesNotContain("Write ");
    }

    @Test
    void aServiceThatIsNamedLikeAllServers() {
        assertThat(failure(links("asyncore-servers")))
                .contains("'asyncore.servers.port' has the value 'tcp://10.0.0.1:9000' (set in ")
                .contains("Kubernetes sets this variable for a service called 'asyncore-servers'")
                .endsWith("rename the service, or set 'enableServiceLinks: false' for the pod.");
    }

    @Test
    void anAddressOfTheNewKind() {
        assertThat(failure(Map.of("ASYNCORE_SERVER_PORT", "tcp://[fd00::1]:9000")))
                .contains("a service called 'asyncore-server'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "tcp://", "tcp://10.0.0.1", "9000/tcp"})
    void anotherValueIsTheUsersOwn(String value) {
        assertThat(failure(Map.of("ASYNCORE_SERVER_PORT", value)))
                .contains("Write a whole number from 0 to 65535")
                .doesNotContain("Kubernetes");
    }

    @Test
    void whatIsNotInTheEnvironmentIsTheUsersOwn() {
        StringBuilder analysis = new StringBuilder();
        runner.withPropertyValues("asyncore.server.port=tcp://10.0.0.1:9000")
                .run(context -> analysis.append(Contexts.analysis(context.getStartupFailure())));
        assertThat(analysis).contains("Write a whole number from 0 to 65535").doesNotContain("Kubernetes");
    }

    /** The remedy helps, and nobody is told that a service's variables are keys that he has misspelt. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "asyncore-server",
                "asyncore-loop",
                "asyncore",
                "asyncore-line",
                "asyncore-server-line",
                "asyncore-servers-chat"
            })
    void aPortWithPrecedenceIsTaken(String service, CapturedOutput output) {
        in(links(service))
                .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=greeter")
                .withPropertyValues("asyncore.servers.chat.port=0", "asyncore.servers.chat.handler=greeter")
                .run(context -> assertThat(Contexts.greetingAt(context.getBean(AsyncoreServers.class)
                                .get("default")
                                .port()))
                        .isEqualTo("Greeter"));
        assertThat(output).contains("Asyncore started").doesNotContain("is none of the keys");
    }

    private String failure(Map<String, Object> variables) {
        AtomicReference<ConfigurableApplicationContext> started = new AtomicReference<>();
        StringBuilder analysis = new StringBuilder();
        in(variables)
                .withInitializer(started::set)
                .run(context -> analysis.append(Contexts.analysis(context.getStartupFailure(), started.get())));
        return analysis.toString();
    }

    private ApplicationContextRunner in(Map<String, Object> variables) {
        return runner.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables)));
    }

    /** All that Kubernetes sets for a service with a port that has a name. */
    private static Map<String, Object> links(String service) {
        String name = service.toUpperCase(Locale.ROOT).replace('-', '_');
        Map<String, Object> variables = new HashMap<>();
        variables.put(name + "_SERVICE_HOST", "10.0.0.1");
        variables.put(name + "_SERVICE_PORT", "9000");
        variables.put(name + "_SERVICE_PORT_LINES", "9000");
        variables.put(name + "_PORT", "tcp://10.0.0.1:9000");
        variables.put(name + "_PORT_9000_TCP", "tcp://10.0.0.1:9000");
        variables.put(name + "_PORT_9000_TCP_PROTO", "tcp");
        variables.put(name + "_PORT_9000_TCP_PORT", "9000");
        variables.put(name + "_PORT_9000_TCP_ADDR", "10.0.0.1");
        return variables;
    }
}

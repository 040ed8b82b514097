package io.asyncore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Greeter;
import io.asyncore.test.AsyncoreTestClient;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The endpoint as a JMX client sees it, in an application without a web server. */
class EndpointOverJmxTests {

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    @EnableAutoConfiguration
    @Import(Greeting.class)
    static class Application {}

    @AsyncoreHandler
    static class Greeting extends Greeter {}

    private static ConfigurableApplicationContext start(String access) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--asyncore.server.port=0",
                        "--spring.jmx.enabled=true",
                        "--management.endpoints.jmx.exposure.include=asyncore",
                        "--management.endpoint.asyncore.access=" + access);
    }

    private ObjectName endpoint() throws Exception {
        Set<ObjectName> names = beans.queryNames(new ObjectName("*:type=Endpoint,name=Asyncore,*"), null);
        assertThat(names).hasSize(1);
        return names.iterator().next();
    }

    @Test
    void serversAndChannelsAreReadAndOneIsClosed() throws Exception {
        try (ConfigurableApplicationContext context = start("unrestricted");
                AsyncoreTestClient client = AsyncoreTestClient.connect(
                        context.getBean(AsyncoreServers.class).get("default").port())) {
            client.readLine();
            assertThat(map(invoke("servers", List.of(), List.of())).get("totals"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("connections", 1);
            Map<?, ?> page = map(channels("connected"));
            assertThat(page.get("matched")).isEqualTo(1);
            Map<?, ?> channel = map(((List<?>) page.get("channels")).get(0));
            Object id = Long.valueOf(channel.get("id").toString());
            assertThat(map(one("channel", id)).get("handler")).isEqualTo(Greeting.class.getName());
            assertThat(map(one("close", id)).get("closed")).isEqualTo(true);
            client.expectEnd();
            assertThat(map(one("close", id)).get("closed")).isEqualTo(false);
            assertThat(one("channel", id)).isNull();
        }
    }

    @Test
    void closingIsNotThereUnlessItIsAllowed() throws Exception {
        try (ConfigurableApplicationContext context = start("read-only")) {
            assertThat(context.isActive()).isTrue();
            assertThat(Stream.of(beans.getMBeanInfo(endpoint()).getOperations()).map(MBeanOperationInfo::getName))
                    .containsExactlyInAnyOrder("servers", "channels", "channel");
        }
    }

    private static Map<?, ?> map(Object answer) {
        assertThat(answer).isInstanceOf(Map.class);
        return (Map<?, ?>) answer;
    }

    private Object channels(String state) throws Exception {
        String text = String.class.getName();
        String number = Integer.class.getName();
        Object[] arguments = {"default", null, null, null, state, null};
        return beans.invoke(endpoint(), "channels", arguments, new String[] {text, number, number, text, text, text});
    }

    private Object one(String operation, Object id) throws Exception {
        return invoke(operation, List.of("default", id), List.of(String.class.getName(), Long.class.getName()));
    }

    private Object invoke(String operation, List<Object> arguments, List<String> signature) throws Exception {
        return beans.invoke(endpoint(), operation, arguments.toArray(), signature.toArray(String[]::new));
    }
}

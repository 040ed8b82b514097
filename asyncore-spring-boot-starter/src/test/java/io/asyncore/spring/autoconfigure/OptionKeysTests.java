package io.asyncore.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Each key arrives at the option of its name, and is what the option is by itself if it is not set. */
class OptionKeysTests {

    /** Key, value, option, and what the option is then. */
    private static final String[] REACHING = {
        "port; 1234; addresses; [/[0:0:0:0:0:0:0:0]:1234]",
        "address; 127.0.0.1; addresses; [/127.0.0.1:9001]",
        "path; /run/server; addresses; [/run/server]",
        "backlog; 7; backlog; 7",
        "loops; 2; loops; 2",
        "limits.connections; 5; limits.connections; 5",
        "limits.per-peer; 5; limits.perPeer; 5",
        "limits.accepts-per-turn; 5; limits.acceptsPerTurn; 5",
        "limits.handshakes; 5; limits.handshakes; 5",
        "limits.frame-length; 5KB; limits.frameLength; 5120",
        "limits.memory; 5GB; limits.memory; 5368709120",
        "limits.when-full; refuse; limits.whenFull; REFUSE",
        "limits.farewell; 'bye'; limits.farewell; bye",
        "timeouts.idle; 7s; timeouts.idle; PT7S",
        "timeouts.message; 7s; timeouts.message; PT7S",
        "timeouts.write-stall; 7s; timeouts.writeStall; PT7S",
        "timeouts.handshake; 7s; timeouts.handshake; PT7S",
        "timeouts.proxy-header; 7s; timeouts.proxyHeader; PT7S",
        "timeouts.connect; 7s; timeouts.connect; PT7S",
        "write-buffer.high; 40KB; writeBuffer.high; 40960",
        "write-buffer.low; 1KB; writeBuffer.low; 1024",
        "write-buffer.limit; 1MB; writeBuffer.limit; 1048576",
        "socket.no-delay; false; socket.noDelay; false",
        "socket.keep-alive; false; socket.keepAlive; false",
        "socket.keep-alive-idle; 9s; socket.keepAliveIdle; PT9S",
        "socket.receive-buffer; 9KB; socket.receiveBuffer; 9216",
        "socket.send-buffer; 9KB; socket.sendBuffer; 9216",
        "socket.linger; 9s; socket.linger; PT9S",
        "socket.reuse-address; false; socket.reuseAddress; false",
        "proxy-protocol.mode; required; proxyProtocol.mode; REQUIRED",
        "proxy-protocol.trusted; 10.0.0.0/8; proxyProtocol.trusted; [10.0.0.0/8]",
        "proxy-protocol.header-length; 1KB; proxyProtocol.headerLength; 1024",
        "filter.allow; 10.0.0.0/8,10.1.0.1; filter.allow; [10.0.0.0/8, 10.1.0.1/32]",
        "filter.deny; 2001:db8::/32; filter.deny; [2001:db8:0:0:0:0:0:0/32]",
    };

    /** Keys that are no options of the core. Each has tests of its own. */
    private static final Set<String> STARTERS_OWN = Set.of(
            "handler",
            "shutdown",
            "path-permissions",
            "ssl.enabled",
            "ssl.bundle",
            "ssl.client-auth",
            "ssl.start-tls",
            "ssl.application-protocols");

    private final ApplicationContextRunner runner =
            Contexts.runner().withBean("greeter", DispatcherFactory.class, () -> Greeter::new);

    static String[] reaching() {
        return REACHING;
    }

    @ParameterizedTest
    @MethodSource("reaching")
    void reachTheirOptions(String row) throws Exception {
        String[] columns = row.split("; ");
        String value = columns[1].replace("'", "");
        for (String prefix : new String[] {"asyncore.server.", "asyncore.servers.greeter."}) {
            boolean listens =
                    prefix.equals("asyncore.server.") || Set.of("port", "path").contains(columns[0]);
            String port = listens ? "asyncore.enabled=true" : prefix + "port=9001";
            Object options = options(
                    prefix + columns[0] + "=" + value,
                    port,
                    columns[0].equals("limits.farewell") ? prefix + "limits.when-full=refuse" : port,
                    columns[0].equals("proxy-protocol.mode") ? prefix + "proxy-protocol.trusted=::1" : port);
            assertThat(String.valueOf(at(columns[2], options))).as(prefix).isEqualTo(columns[3]);
        }
    }

    @Test
    void areAllTested() {
        Set<String> tested = new TreeSet<>(STARTERS_OWN);
        Arrays.stream(REACHING).forEach(row -> tested.add(row.split(";")[0]));
        assertThat(tested)
                .isEqualTo(keys(AsyncoreProperties.Server.class, "").collect(Collectors.toCollection(TreeSet::new)));
    }

    /** An option that the core gets later shall not be forgotten here. */
    @Test
    void areThereForEveryOption() {
        Set<String> keys = keys(AsyncoreProperties.Server.class, "").collect(Collectors.toCollection(TreeSet::new));
        keys.removeAll(Set.of("port", "address", "path", "handler", "shutdown"));
        keys.removeIf(key -> key.startsWith("ssl."));
        keys.addAll(Set.of("loop-timeout", "slow-callback", "busy-poll")); // under asyncore.loop
        Set<String> options =
                keys(optionsOf(Server.builder()).getClass(), "").collect(Collectors.toCollection(TreeSet::new));
        options.removeAll(Set.of("name", "addresses"));
        options.removeIf(option -> option.startsWith("ssl."));
        assertThat(keys).isEqualTo(options);
    }

    @Test
    void haveTheDefaultsOfTheOptions() throws Exception {
        Object options = options("asyncore.server.path-permissions=rw-rw----", "asyncore.server.port=0");
        Object defaults = optionsOf(Server.builder().handler(Greeter::new));
        assertThat(options).isEqualTo(defaults);
    }

    @Test
    void pathPermissionsAreThoseOfTheSocket() throws Exception {
        Object options = options("asyncore.server.path=/x", "asyncore.server.path-permissions=rwx------");
        assertThat(String.valueOf(at("pathPermissions", options)))
                .contains("OWNER_READ", "OWNER_WRITE", "OWNER_EXECUTE");
    }

    @ParameterizedTest
    @CsvSource({"timeout,loopTimeout", "slow-callback,slowCallback", "busy-poll,busyPoll"})
    void ofLoopsReachAllServers(String key, String option) throws Exception {
        assertThat(at(option, options("asyncore.loop." + key + "=3s"))).hasToString("PT3S");
        assertThat(at(option, options("asyncore.loop." + key + "=3s", "asyncore.server.loops=1")))
                .hasToString("PT3S");
        assertThat(at(option, options("asyncore.loop." + key + "=3s", "asyncore.servers.greeter.port=1")))
                .hasToString("PT3S");
    }

    /** What the one server of a context would be built from; it is stopped from being built. */
    private Object options(String... properties) throws Exception {
        AtomicReference<Object> found = new AtomicReference<>();
        AsyncoreServerCustomizer customizer = (server, builder) -> {
            found.set(optionsOf(builder.name("default")));
            throw new IllegalStateException("seen");
        };
        runner.withBean(AsyncoreServerCustomizer.class, () -> customizer)
                .withPropertyValues(properties)
                .run(context -> assertThat(context).getFailure().hasRootCauseMessage("seen"));
        return found.get();
    }

    /** The core keeps them to itself. */
    private static Object optionsOf(Server.Builder builder) {
        try {
            Method options = Server.Builder.class.getSuperclass().getDeclaredMethod("options");
            options.setAccessible(true);
            return options.invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object at(String path, Object record) throws ReflectiveOperationException {
        Object found = record;
        for (String name : path.split("\\.")) {
            Method accessor = found.getClass().getDeclaredMethod(name);
            accessor.setAccessible(true);
            found = accessor.invoke(found);
        }
        return found;
    }

    /** All keys of a group, in dashed form. */
    static Stream<String> keys(Class<?> type, String prefix) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> keys(component, prefix));
    }

    private static Stream<String> keys(RecordComponent component, String prefix) {
        String key = prefix + DataObjectPropertyName.toDashedForm(component.getName());
        return component.getType().isRecord() ? keys(component.getType(), key + ".") : Stream.of(key);
    }
}

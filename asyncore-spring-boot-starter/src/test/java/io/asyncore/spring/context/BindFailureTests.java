package io.asyncore.spring.context;

import static io.asyncore.spring.context.HandlerResolverTests.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServerCustomizer;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A server that cannot listen, or cannot be as it is configured, says which key to change to what. */
@ExtendWith(OutputCaptureExtension.class)
class BindFailureTests {

    private final ApplicationContextRunner runner =
            Contexts.runner().withBean("greeter", DispatcherFactory.class, () -> Greeter::new);

    @AfterEach
    void nothingIsLeft() {
        Contexts.awaitNoLoopThreads();
    }

    @Test
    void aPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            assertThat(failure(runner.withPropertyValues("asyncore.server.port=" + port)))
                    .contains("The server 'default' (asyncore.server) cannot listen on port " + port + ": ")
                    .contains("Identify and stop what else listens on port " + port)
                    .contains("or set another port or address under asyncore.server.");
        }
    }

    @Test
    void aPortOfAnotherServerOfTheApplication() {
        int port = freePort();
        assertThat(failure(runner.withPropertyValues("asyncore.server.port=" + port, "asyncore.server.handler=greeter")
                        .withPropertyValues("asyncore.servers.x.port=" + port, "asyncore.servers.x.handler=greeter")))
                .contains("The server 'x' (asyncore.servers.x) cannot listen on port " + port + ": ")
                .contains(
                        "The server 'default' (asyncore.server) of this application listens there already: set another"
                                + " port, address or path under asyncore.servers.x or asyncore.server.");
    }

    @Test
    void aPathOfAnotherServerOfTheApplication(@TempDir Path directory) {
        Path path = directory.resolve("server.sock");
        assertThat(failure(runner.withPropertyValues("asyncore.server.path=" + path, "asyncore.server.handler=greeter")
                        .withPropertyValues("asyncore.servers.x.path=" + path, "asyncore.servers.x.handler=greeter")))
                .contains("The server 'default' (asyncore.server) of this application listens there already");
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anAddressOfAnotherMachine() {
        assertThat(failure(runner.withPropertyValues("asyncore.server.port=0", "asyncore.server.address=192.0.2.1")))
                .contains("(asyncore.server) cannot listen on port 0: ")
                .contains("Set asyncore.server.address to an address of this machine, or remove it");
    }

    /** Where tests run, any port may be free for all, or everything allowed. */
    @Test
    void aPortThatNeedsPermission() {
        ServerSpec spec = new ServerSpec("x", 25, null, true, null, Shutdown.GRACEFUL, null, builder -> {});
        for (SocketException refused :
                new SocketException[] {new BindException("Permission denied"), new SocketException("Permission denied")
                }) {
            AsyncoreStartException failure = BindFailure.of(spec, refused, null);
            assertThat(failure.getMessage())
                    .isEqualTo("The server 'x' (asyncore.servers.x) cannot listen on port 25: Permission denied.");
            assertThat(failure.getAction())
                    .contains("below 1024", "set asyncore.servers.x.port to a higher one", "CAP_NET_BIND_SERVICE");
        }
    }

    /** Another server of the application has the port, but at an address that there is. */
    @Test
    void aPortOfAnotherServerThatIsNotInTheWay() {
        ServerSpec spec = new ServerSpec("x", 9001, null, true, null, Shutdown.GRACEFUL, null, builder -> {});
        ServerSpec other = new ServerSpec("y", 9001, null, true, null, Shutdown.GRACEFUL, null, builder -> {});
        assertThat(BindFailure.of(spec, new BindException("Cannot assign requested address"), other)
                        .getAction())
                .contains("Set asyncore.servers.x.address to an address of this machine");
    }

    @Test
    void aPathThatCannotBe(@TempDir Path directory) {
        Path path = directory.resolve("missing/server.sock");
        assertThat(failure(runner.withPropertyValues("asyncore.servers.x.path=" + path)))
                .contains("The server 'x' (asyncore.servers.x) cannot listen on " + path + ": ")
                .contains("or set another asyncore.servers.x.path.");
    }

    @Test
    void aPathAloneIsEnough(@TempDir Path directory, CapturedOutput output) {
        Path path = directory.resolve("server.sock");
        runner.withPropertyValues("asyncore.server.path=" + path).run(context -> {
            assertThat(Files.exists(path)).isTrue();
            assertThat(context.getBean(AsyncoreServers.class).get("default").port())
                    .isEqualTo(-1);
            assertThat(context.getEnvironment().containsProperty("local.asyncore.server.port"))
                    .isFalse();
            assertThat(output).contains("Asyncore started on " + path + " (unix)");
        });
        assertThat(Files.exists(path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "backlog=0; backlog must be at least 1, but is 0",
                "loops=0; loops must be between 1 and 1024, but is 0",
                "path-permissions=rwx; path-permissions must be nine letters such as 'rw-rw----', but is 'rwx'",
                "limits.connections=-1; limits.connections must be at least 1, but is -1",
                "limits.per-peer=0; limits.per-peer must be between 1 and KEYlimits.connections",
                "limits.memory=0; limits.memory must be at least 1, but is 0",
                "limits.frame-length=3GB; limits.frame-length must be less than 2 GB, but is",
                "limits.frame-length=-1B; limits.frame-length must be at least 1, but is -1",
                "limits.farewell=bye; limits.farewell is 'bye', but no client is ever refused: set KEYlimits.when-full to REFUSE",
                "timeouts.write-stall=0; timeouts.write-stall must be longer than zero, but is PT0S",
                "timeouts.proxy-header=-1s; timeouts.proxy-header must be longer than zero",
                "write-buffer.low=64KB; write-buffer.low must be less than KEYwrite-buffer.high (65536), but is 65536",
                "write-buffer.high=16KB; write-buffer.high must be more than KEYwrite-buffer.low (32768), but is 16384",
                "write-buffer.high=9MB; write-buffer.high must be less than KEYwrite-buffer.limit (8388608), but is 9437184",
                "write-buffer.limit=1KB; write-buffer.limit must be more than KEYwrite-buffer.high (65536), but is 1024",
                "socket.keep-alive-idle=1ms; socket.keep-alive-idle must be between 1 and 32767 seconds",
                "proxy-protocol.mode=required; proxy-protocol.trusted must name the proxies when KEYproxy-protocol.mode is REQUIRED",
                "proxy-protocol.header-length=1B; proxy-protocol.header-length must be between",
                "proxy-protocol.trusted=nobody; proxy-protocol.trusted: ",
                "filter.allow=10.0.0.1/8; filter.allow: the address block '10.0.0.1/8' has bits set behind its prefix; write 10.0.0.0/8",
                "filter.deny=localhost; filter.deny: the address block 'localhost' has no address",
            })
    void aValueThatCannotBe(String property, String problem) {
        for (String prefix : new String[] {"asyncore.server.", "asyncore.servers.greeter."}) {
            String key = prefix + problem.replaceFirst("[ :].*", "");
            assertThat(failure(runner.withPropertyValues(prefix + "port=0", prefix + property)))
                    .contains("for configuration property '" + key + "'")
                    .contains(prefix + problem.replace("KEY", prefix))
                    .doesNotContain("Invalid value 'empty'");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "timeouts.idle=10q; Write a whole number with a unit: ms, s, m, h or d",
                "limits.frame-length=64XB; Write a whole number with a unit: B, KB, MB or GB",
                "port=abc; Write a whole number from 0 to 65535",
                "backlog=many; Write a whole number up to 2147483647.",
                "limits.per-peer=1.5; Write a whole number up to 2147483647.",
                "limits.when-full=drop; Write one of: wait, refuse.",
                "socket.no-delay=maybe; Write true or false.",
                "address=1.2.3.4.5.6; Write an address of this machine"
            })
    void aValueThatCannotBeRead(String property, String action) {
        for (String prefix : new String[] {"asyncore.server.", "asyncore.servers.greeter."}) {
            String[] parts = property.split("=");
            assertThat(failure(runner.withPropertyValues(prefix + property)))
                    .contains("'" + prefix + parts[0] + "' has the value '" + parts[1] + "' (set in ")
                    .contains("), which cannot be read.", action);
        }
    }

    @Test
    void aTimeThatWasMeantInSecondsStartsWithAWarning(CapturedOutput output) {
        runner.withPropertyValues("asyncore.server.port=0", "asyncore.server.timeouts.idle=10")
                .run(context -> assertThat(output)
                        .containsPattern("WARN .* asyncore.server.timeouts.idle is only 10 ms")
                        .doesNotContain("timeouts.message is"));
    }

    @ParameterizedTest
    @CsvSource({"timeout", "slow-callback", "busy-poll"})
    void aValueOfTheLoopsThatCannotBe(String key) {
        assertThat(failure(runner.withPropertyValues("asyncore.server.port=0", "asyncore.loop." + key + "=-1s")))
                .contains("'asyncore.loop." + key + "'", "asyncore.loop." + key + " must be longer than zero");
    }

    @Test
    void aValueOfACustomizerThatCannotBe() {
        assertThat(failure(runner.withPropertyValues("asyncore.server.port=0")
                        .withBean(AsyncoreServerCustomizer.class, () -> (server, builder) -> builder.loops(0))))
                .contains("asyncore.server.loops must be between 1 and 1024, but is 0", "AsyncoreServerCustomizer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "asyncore.server=9001; 'asyncore.server' has the value '9001'; Write 'asyncore.server.port: 9001'. Under asyncore.server there are: address, backlog",
                "asyncore.servers.x=9001; 'asyncore.servers.x' has the value '9001'; Write 'asyncore.servers.x.port: 9001'.",
                "asyncore.server=on; 'asyncore.server' has the value 'on'; Under asyncore.server there are: address",
                "asyncore.servers=9001; 'asyncore.servers' has the value '9001'; Under asyncore.servers there are: the names of servers.",
                "asyncore.server.timeouts=5s; 'asyncore.server.timeouts' has the value '5s'; Under asyncore.server.timeouts there are: connect",
                "asyncore.loop=1; 'asyncore.loop' has the value '1'; Under asyncore.loop there are: busy-poll",
            })
    void aValueWhereKeysBelong(String property, String problem, String action) {
        assertThat(failure(runner.withPropertyValues(property))).contains(problem, "a group of keys", action);
    }
}

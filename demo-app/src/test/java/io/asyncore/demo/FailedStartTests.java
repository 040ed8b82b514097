package io.asyncore.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ServerSocket;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;

/** The web server cannot start: nothing is left that would keep the process alive. */
class FailedStartTests {

    @Test
    void tomcatsPortIsTaken() throws Exception {
        Set<Thread> before = loops(); // of a context that another test has left in the cache
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> SpringApplication.run(
                            DemoApplication.class,
                            "--server.port=" + taken.getLocalPort(),
                            "--asyncore.server.port=0",
                            "--asyncore.servers.chat.port=0"))
                    .withRootCauseInstanceOf(java.net.BindException.class)
                    .satisfies(
                            failure -> assertThat(failure).hasStackTraceContaining(PortInUseException.class.getName()));
        }
        assertThat(loops()).isSubsetOf(before);
    }

    private static Set<Thread> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && thread.getName().startsWith("asyncore"))
                .collect(Collectors.toSet());
    }
}

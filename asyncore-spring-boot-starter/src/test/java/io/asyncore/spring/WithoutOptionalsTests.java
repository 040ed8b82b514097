package io.asyncore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** An application with the starter alone, in a process whose class path has nothing that the starter does not bring. */
class WithoutOptionalsTests {

    private static final Pattern OPTIONAL = Pattern.compile(
            ".*(actuator|health|micrometer|prometheus|webmvc|spring-web|servlet|tomcat|jackson).*\\.jar");

    @Test
    void theStarterAloneIsEnough(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        String classPath = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> !OPTIONAL.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
        Process application = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        classPath,
                        Application.class.getName(),
                        "--asyncore.server.port=0")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(application.waitFor(50, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output)).contains("served Greeter").doesNotContain("Exception", "WARN");
            assertThat(application.exitValue()).isZero();
        } finally {
            application.destroyForcibly();
        }
    }

    @EnableAutoConfiguration
    @Import(Greeting.class)
    static class Application {
        public static void main(String[] args) throws Exception {
            try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, args)) {
                int port = context.getBean(AsyncoreServers.class).get("default").port();
                System.out.println("served " + Contexts.greetingAt(port));
            }
        }
    }

    @AsyncoreHandler
    static class Greeting extends Greeter {
        Greeting() {
            super("Greeter");
        }
    }
}

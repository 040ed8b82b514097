package io.asyncore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.autoconfigure.AsyncoreAutoConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;

/** What the README shows of Spring compiles without a warning, starts, and answers. */
class ReadmeTests {

    private static final Pattern FILE = Pattern.compile("(?ms)^```\\w+\n(?://|#) (\\S+)\n(.*?)^```$");

    @Test
    void theServerInFifteenLinesEchoes(@TempDir Path directory) throws Exception {
        try (URLClassLoader classes = compiled(directory, "Echo.java");
                ConfigurableApplicationContext context = start(
                        directory,
                        classes,
                        "application.yaml",
                        List.of("com.example.Echo"),
                        "--asyncore.server.port=0")) {
            assertThat(context.getEnvironment().getProperty("asyncore.server.port"))
                    .isEqualTo("0");
            assertEchoes(context);
        }
    }

    @Test
    void severalServersStartAsConfigured(@TempDir Path directory) throws Exception {
        try (URLClassLoader classes = compiled(directory, "Echo.java", "Greeter.java");
                ConfigurableApplicationContext context = start(
                        directory,
                        classes,
                        "application-servers.yaml",
                        List.of("com.example.Echo", "com.example.Greeter"),
                        "--asyncore.server.port=0",
                        "--asyncore.servers.greetings.port=0")) {
            assertEchoes(context);
            int port = context.getBean(AsyncoreServers.class).get("greetings").port();
            try (LineClient client = new LineClient(port)) {
                client.send("world");
                assertThat(client.read()).isEqualTo("hello, world");
                client.send("quit");
                assertThat(client.read()).isEqualTo("bye");
                assertThat(client.read()).isNull();
            }
        }
    }

    private static void assertEchoes(ConfigurableApplicationContext context) throws IOException {
        int port = context.getBean(AsyncoreServers.class).get("default").port();
        try (LineClient client = new LineClient(port)) {
            client.send("hello");
            assertThat(client.read()).isEqualTo("hello");
        }
    }

    private static ConfigurableApplicationContext start(
            Path directory, ClassLoader classes, String yaml, List<String> handlers, String... arguments)
            throws IOException {
        Path configuration = Files.writeString(directory.resolve(yaml), shown(yaml));
        SpringApplication application = new SpringApplication(AsyncoreAutoConfiguration.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> {
            if (context instanceof GenericApplicationContext generic) {
                for (String handler : handlers) {
                    new AnnotatedBeanDefinitionReader(generic).registerBean(load(classes, handler));
                }
            }
        });
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.config.location=" + configuration.toUri());
        return application.run(all.toArray(String[]::new));
    }

    private static Class<?> load(ClassLoader classes, String name) {
        try {
            return classes.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static URLClassLoader compiled(Path directory, String... files) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String file : files) {
            sources.add(Files.writeString(directory.resolve(file), shown(file)));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "-Xlint:all,-path,-classfile,-processing",
                    "-proc:none",
                    "-d",
                    directory.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"));
            compiler.getTask(null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        assertThat(found.getDiagnostics())
                .filteredOn(each -> each.getKind() != Diagnostic.Kind.NOTE)
                .isEmpty();
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, ReadmeTests.class.getClassLoader());
    }

    /** The README's block that begins with a comment naming this file. */
    private static String shown(String file) {
        Path readme =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../README.md");
        try {
            for (Matcher block = FILE.matcher(Files.readString(readme)); block.find(); ) {
                if (block.group(1).equals(file)) {
                    return block.group(2);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the README shows no " + file);
    }
}

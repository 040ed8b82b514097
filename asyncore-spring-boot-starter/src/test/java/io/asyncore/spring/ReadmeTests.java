package io.asyncore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.Server;
import io.asyncore.spring.autoconfigure.AsyncoreAutoConfiguration;
import io.asyncore.spring.context.Certificate;
import io.asyncore.test.AsyncoreTestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
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
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;

/** What README and reference show of Spring compiles without a warning, starts, and answers. */
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
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port)) {
                client.sendLine("world");
                client.expectLine("hello, world");
                client.sendLine("quit");
                client.expectLine("bye");
                client.expectEnd();
            }
        }
    }

    @Test
    void whoeverHasSomethingToTellReachesConnectedDevices(@TempDir Path directory) throws Exception {
        Path yaml = Files.writeString(directory.resolve("application.yaml"), "asyncore.servers.devices.port: 0");
        try (URLClassLoader classes = compiled(directory, "Device.java", "DeviceController.java");
                ConfigurableApplicationContext context =
                        start(yaml, classes, List.of("com.example.Device", "com.example.DeviceController"))) {
            int port = context.getBean(AsyncoreServers.class).get("devices").port();
            Object controller = context.getBean(load(classes, "com.example.DeviceController"));
            Method command = controller.getClass().getDeclaredMethod("command", String.class, String.class);
            command.setAccessible(true);
            try (AsyncoreTestClient lamp = AsyncoreTestClient.connect(port)) {
                lamp.sendLine("I am in the kitchen");
                lamp.expectLine("welcome");
                assertThat(command.invoke(controller, "kitchen", "on")).isEqualTo(1);
                lamp.expectLine("on");
                assertThat(command.invoke(controller, "cellar", "on")).isEqualTo(0);
            }
        }
    }

    @Test
    void tlsIsAsConfigured(@TempDir Path directory) throws Exception {
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        Certificate.of("readme").replace(certificate, key);
        try (URLClassLoader classes = compiled(directory, "Echo.java");
                ConfigurableApplicationContext context = start(
                        directory,
                        classes,
                        "application-tls.yaml",
                        List.of("com.example.Echo"),
                        "--asyncore.server.port=0",
                        "--spring.ssl.bundle.pem.front.keystore.certificate=" + certificate.toUri(),
                        "--spring.ssl.bundle.pem.front.keystore.private-key=" + key.toUri())) {
            int port = context.getBean(AsyncoreServers.class).get("default").port();
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port).startTls(certificate)) {
                client.sendLine("hello");
                client.expectLine("hello");
            }
        }
    }

    @Test
    void aCustomizerHasTheLastWord(@TempDir Path directory) throws Exception {
        try (URLClassLoader classes = compiled(directory, "Echo.java", "Customizer.java");
                ConfigurableApplicationContext context = start(
                        directory,
                        classes,
                        "application.yaml",
                        List.of("com.example.Echo", "com.example.Customizer"),
                        "--asyncore.server.port=0")) {
            Server server =
                    context.getBean(AsyncoreServers.class).get("default").server();
            assertThat(server).isNotNull();
            assertThat(server.limits().connections()).isEqualTo(100);
            assertThat(Contexts.allThreads()).contains("front desk");
        }
    }

    @Test
    void whatBlocksIsCalledElsewhere(@TempDir Path directory) throws Exception {
        Path yaml = Files.writeString(directory.resolve("application.yaml"), "asyncore.servers.orders.port: 0");
        Files.writeString(directory.resolve("OrderRepository.java"), """
                package com.example;

                class OrderRepository {
                    String findStatus(String number) {
                        return number + " on " + Thread.currentThread().getName();
                    }
                }
                """);
        try (URLClassLoader classes = compiled(directory, "OrderDesk.java");
                ConfigurableApplicationContext context =
                        start(yaml, classes, List.of("com.example.OrderDesk", "com.example.OrderRepository"))) {
            int port = context.getBean(AsyncoreServers.class).get("orders").port();
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port)) {
                client.sendLine("4711");
                client.sendLine("4712");
                assertThat(client.readLine()).startsWith("4711 on asyncore-offload-");
                assertThat(client.readLine()).startsWith("4712 on asyncore-offload-");
            }
        }
    }

    private static void assertEchoes(ConfigurableApplicationContext context) throws IOException {
        int port = context.getBean(AsyncoreServers.class).get("default").port();
        try (AsyncoreTestClient client = AsyncoreTestClient.connect(port)) {
            client.sendLine("hello");
            client.expectLine("hello");
        }
    }

    private static ConfigurableApplicationContext start(
            Path directory, ClassLoader classes, String yaml, List<String> handlers, String... arguments)
            throws IOException {
        return start(Files.writeString(directory.resolve(yaml), shown(yaml)), classes, handlers, arguments);
    }

    private static ConfigurableApplicationContext start(
            Path configuration, ClassLoader classes, List<String> handlers, String... arguments) {
        SpringApplication application =
                new SpringApplication(AsyncoreAutoConfiguration.class, SslAutoConfiguration.class);
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
        Path repository = directory.resolve("OrderRepository.java");
        if (Files.exists(repository)) {
            sources.add(repository);
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

    /** The block of the README, or of the reference, that begins with a comment naming this file. */
    private static String shown(String file) {
        Path project =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..");
        try {
            String pages = Files.readString(project.resolve("README.md"))
                    + Files.readString(project.resolve("docs/reference.md"));
            for (Matcher block = FILE.matcher(pages); block.find(); ) {
                if (block.group(1).equals(file)) {
                    return block.group(2);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("no page shows " + file);
    }
}

package io.asyncore.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** What the numbers are worth nothing without: the machine, and the versions of everything. */
final class Machine {

    private Machine() {}

    static List<String> describe(Options options) {
        return List.of(
                "- " + processor() + "; " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "- " + Cores.describe(),
                "- servers on Java " + version(options.java()) + " with " + String.join(" ", RemoteServer.FLAGS),
                "- " + versions());
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }

    private static String version(Path java) {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(java.resolve("release"))) {
            release.load(in);
        } catch (IOException unknown) {
            return java.toString();
        }
        return release.getProperty("JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION", "?"))
                .replace("\"", "");
    }

    private static String versions() {
        Properties versions = new Properties();
        try (InputStream in = Machine.class.getResourceAsStream("/io/asyncore/benchmarks/versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "asyncore " + versions.getProperty("asyncore") + ", Netty " + versions.getProperty("netty")
                + ", Reactor Netty " + versions.getProperty("reactor-netty") + ", Vert.x "
                + versions.getProperty("vertx") + ", Spring Boot " + versions.getProperty("spring-boot");
    }
}

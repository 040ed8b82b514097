package io.asyncore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.autoconfigure.AsyncoreAutoConfiguration;
import io.asyncore.test.AsyncoreTestClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** Contexts with the auto-configuration, and what tests want to know about them. */
public final class Contexts {

    private Contexts() {}

    /** A context with the starter's auto-configuration and nothing else. */
    public static ApplicationContextRunner runner() {
        return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AsyncoreAutoConfiguration.class));
    }

    /** What Boot's failure analyzers, ours among them, make of a start that failed; description and action together. */
    public static String analysis(Throwable failure) {
        return analysis(failure, ArgumentResolver.of(Environment.class, new StandardEnvironment()));
    }

    /** The same for the start of this context. */
    public static String analysis(Throwable failure, ConfigurableApplicationContext context) {
        return analysis(
                failure,
                ArgumentResolver.of(Environment.class, context.getEnvironment())
                        .and(BeanFactory.class, context.getBeanFactory()));
    }

    private static String analysis(Throwable failure, ArgumentResolver arguments) {
        FailureAnalysis analysis = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, arguments, FailureHandler.logging(LogFactory.getLog(Contexts.class)))
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(each -> each != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no analysis", failure));
        return analysis.getDescription() + "\n" + analysis.getAction();
    }

    /** What a server says to somebody who only connects. */
    public static String greetingAt(int port) {
        try (AsyncoreTestClient client = AsyncoreTestClient.connect(port)) {
            return client.readLine();
        }
    }

    /** Does nobody listen there? */
    public static boolean isRefused(SocketAddress address) {
        try (SocketChannel client = SocketChannel.open()) {
            client.connect(address);
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Does nobody listen on that port of this machine? */
    public static boolean isRefused(int port) {
        return isRefused(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Waits until something is so; fails if it is not within thirty seconds. */
    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Waits until servers have no threads of their own: the one that tells the end of a drain is still there while it tells. */
    public static void awaitNoLoopThreads() {
        await(() -> loopThreads().isEmpty());
    }

    /** The names of all threads that servers have for themselves. */
    public static List<String> loopThreads() {
        return allThreads().stream()
                .filter(name -> name.startsWith("asyncore-") && !name.matches("asyncore-(offload|tls)-\\d+"))
                .toList();
    }

    /** The names of all threads. */
    static List<String> allThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}

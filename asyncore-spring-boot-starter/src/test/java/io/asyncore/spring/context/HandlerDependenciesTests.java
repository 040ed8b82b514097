package io.asyncore.spring.context;

import static io.asyncore.spring.context.HandlerResolverTests.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** What a handler asks for must be there when the application starts, as for any other bean. */
class HandlerDependenciesTests {

    private final ApplicationContextRunner runner = Contexts.runner()
            .withConfiguration(AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class))
            .withPropertyValues("asyncore.server.port=0");

    @Test
    void aBeanThatIsMissingFailsTheStartAsItAlwaysDoes() {
        assertThat(failure(runner.withUserConfiguration(Asking.class)))
                .contains("Parameter 0 of constructor in " + Asking.class.getName())
                .contains("required a bean of type '" + Store.class.getName() + "' that could not be found");
    }

    @Test
    void soDoesOneOfTwo() {
        assertThat(failure(runner.withUserConfiguration(Asking.class)
                        .withBean("one", Store.class)
                        .withBean("two", Store.class)))
                .contains("Parameter 0 of constructor in " + Asking.class.getName())
                .contains("required a single bean, but 2 were found");
    }

    @Test
    void soDoesOneThatABeanMethodAsksFor() {
        assertThat(failure(runner.withUserConfiguration(ByMethod.class)))
                .contains("Parameter 0 of method asking in " + ByMethod.class.getName())
                .contains("required a bean of type '" + Store.class.getName() + "' that could not be found");
    }

    @Test
    void soDoesAValueThatIsMissing() {
        runner.withUserConfiguration(Valued.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("Could not resolve placeholder 'greeting'"));
    }

    @Test
    void whatIsThereServes() {
        runner.withUserConfiguration(Asking.class)
                .withBean("one", Store.class)
                .run(context -> assertThat(greeting(context)).isEqualTo("Asking"));
        runner.withUserConfiguration(ByMethod.class)
                .withBean("one", Store.class)
                .run(context -> assertThat(greeting(context)).isEqualTo("Asking"));
        runner.withUserConfiguration(Valued.class)
                .withPropertyValues("greeting=hi")
                .run(context -> assertThat(greeting(context)).isEqualTo("hi"));
    }

    @Test
    void nameAndQualifierChooseOneOfTwo() {
        runner.withUserConfiguration(Choosing.class)
                .withBean("one", Store.class)
                .withBean("two", Store.class)
                .run(context -> assertThat(greeting(context)).isEqualTo("Choosing"));
    }

    @Test
    void whatMayBeMissingMay() {
        runner.withUserConfiguration(Modest.class)
                .run(context -> assertThat(greeting(context)).isEqualTo("Modest"));
    }

    @Test
    void nothingIsCreatedToFindOut() {
        AtomicInteger created = new AtomicInteger();
        runner.withUserConfiguration(Asking.class)
                .withBean(
                        Store.class,
                        () -> {
                            created.incrementAndGet();
                            return new Store();
                        },
                        definition -> definition.setScope("prototype"))
                .run(context -> {
                    assertThat(created).hasValue(0);
                    assertThat(greeting(context)).isEqualTo("Asking");
                    assertThat(created).hasValue(1);
                });
    }

    private static String greeting(ApplicationContext context) {
        return Contexts.greetingAt(
                context.getBean(AsyncoreServers.class).get("default").port());
    }

    static class Store {}

    @AsyncoreHandler
    static class Asking extends Greeter {
        Asking(Store store) {}
    }

    @AsyncoreHandler
    static class Choosing extends Greeter {
        Choosing(@Qualifier("one") Store first, Store two) {}
    }

    @AsyncoreHandler
    static class Valued extends Greeter {
        Valued(@Value("${greeting}") String greeting) {
            super(greeting);
        }
    }

    @AsyncoreHandler
    static class Modest extends Greeter {
        @Autowired
        Modest(
                List<Store> stores,
                Optional<Store> perhaps,
                ObjectProvider<Store> later,
                @Nullable Store none,
                @Value("${greeting:}") String greeting) {}

        Modest(Store store) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class ByMethod {
        @Bean
        @Scope("prototype")
        Asking asking(Store store) {
            return new Asking(store);
        }
    }
}

package io.asyncore.spring.context;

import static io.asyncore.spring.Contexts.greetingAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Which bean handles which server: every step of the rule, and every way to fail it. */
class HandlerResolverTests {

    private final ApplicationContextRunner runner = Contexts.runner();

    @Nested
    class TheHandlerKey {

        @Test
        void namesAPrototypeBean() {
            runner.withUserConfiguration(Alice.class, Bob.class)
                    .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=handlerResolverTests.Bob")
                    .run(context -> assertThat(greeting(context, "default")).isEqualTo("Bob"));
        }

        @Test
        void namesAFactory() {
            runner.withUserConfiguration(Factories.class)
                    .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=carol")
                    .run(context -> assertThat(greeting(context, "default")).isEqualTo("carol"));
        }

        @Test
        void mayUseAnAlias() {
            runner.withUserConfiguration(Factories.class)
                    .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=david")
                    .run(context -> assertThat(greeting(context, "default")).isEqualTo("dave"));
        }

        @Test
        void winsOverTheAnnotation() {
            runner.withUserConfiguration(ForChat.class, Factories.class)
                    .withPropertyValues("asyncore.servers.chat.port=0", "asyncore.servers.chat.handler=carol")
                    .run(context -> assertThat(greeting(context, "chat")).isEqualTo("carol"));
        }

        @Test
        void mayNameOneBeanForTwoServers() {
            runner.withUserConfiguration(Factories.class)
                    .withPropertyValues("asyncore.servers.a.port=0", "asyncore.servers.a.handler=carol")
                    .withPropertyValues("asyncore.servers.b.port=0", "asyncore.servers.b.handler=carol")
                    .run(context -> assertThat(greeting(context, "a")).isEqualTo(greeting(context, "b")));
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void leavesOutOtherHandlersButSaysSo(CapturedOutput output) {
            runner.withUserConfiguration(Alice.class, Bob.class)
                    .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=handlerResolverTests.Bob")
                    .run(context -> assertThat(output)
                            .containsPattern(
                                    "WARN .* No server uses the @AsyncoreHandler 'handlerResolverTests.Alice'"));
        }

        @Test
        void failsIfThereIsNoSuchBean() {
            assertThat(failure(runner.withUserConfiguration(Factories.class)
                            .withPropertyValues("asyncore.server.port=0", "asyncore.server.handler=nobody")))
                    .contains("'default'", "handler 'nobody', but there is no such bean")
                    .contains("Correct asyncore.server.handler", "carol, dave");
        }

        @Test
        void failsIfTheBeanIsNoHandler() {
            assertThat(failure(runner.withBean("text", String.class, () -> "text")
                            .withPropertyValues("asyncore.server.handler=text")))
                    .contains("'text', which is neither a Dispatcher nor a DispatcherFactory");
        }

        @Test
        void failsIfTheBeanIsShared() {
            assertThat(failure(runner.withBean("shared", Greeter.class)
                            .withPropertyValues("asyncore.server.handler=shared")))
                    .contains("'shared' is one bean for all connections", "scope 'prototype'");
        }
    }

    @Nested
    class TheAnnotation {

        @Test
        void namesAServer() {
            runner.withUserConfiguration(ForChat.class, Alice.class)
                    .withPropertyValues("asyncore.server.port=0", "asyncore.servers.chat.port=0")
                    .run(context -> {
                        assertThat(greeting(context, "chat")).isEqualTo("ForChat");
                        assertThat(greeting(context, "default")).isEqualTo("Alice");
                    });
        }

        @Test
        void winsOverABeanWithTheServersName() {
            runner.withUserConfiguration(ForChat.class, NamedChat.class)
                    .withPropertyValues("asyncore.servers.chat.port=0")
                    .run(context -> assertThat(greeting(context, "chat")).isEqualTo("ForChat"));
        }

        @Test
        void reservesItsBeanForThatServer() {
            assertThat(failure(runner.withUserConfiguration(ForChat.class)
                            .withPropertyValues("asyncore.server.port=0", "asyncore.servers.chat.port=0")))
                    .contains("'default'", "has no handler");
        }

        @Test
        void reservesItsBeanEvenIfTheKeyOverridesIt() {
            assertThat(failure(runner.withUserConfiguration(ForChat.class, Factories.class)
                            .withPropertyValues("asyncore.servers.chat.port=0", "asyncore.servers.chat.handler=carol")
                            .withPropertyValues("asyncore.servers.dave.port=0", "asyncore.server.port=0")))
                    .contains("'default'", "has no handler");
        }

        @Test
        void winsOverItsOwnBeansName() {
            assertThat(failure(runner.withBean(
                                    "other",
                                    ForChat.class,
                                    ForChat::new,
                                    definition -> definition.setScope("prototype"))
                            .withPropertyValues("asyncore.servers.chat.port=0", "asyncore.servers.other.port=0")))
                    .contains("'other'", "has no handler");
        }

        @Test
        void failsTwiceForOneServer() {
            assertThat(failure(runner.withUserConfiguration(ForChat.class, AlsoForChat.class)
                            .withPropertyValues("asyncore.servers.chat.port=0")))
                    .contains("'chat'", "more than one possible handler")
                    .contains("handlerResolverTests.AlsoForChat, handlerResolverTests.ForChat")
                    .contains("asyncore.servers.chat.handler");
        }

        @Test
        void failsForAServerThatIsNotConfigured() {
            assertThat(failure(runner.withUserConfiguration(ForChat.class)))
                    .contains("'handlerResolverTests.ForChat' is for the server 'chat', which is not configured")
                    .contains("Set asyncore.servers.chat.port");
        }

        @Test
        void failsOnWhatIsNoDispatcher() {
            assertThat(failure(runner.withUserConfiguration(NoDispatcher.class)))
                    .contains("'handlerResolverTests.NoDispatcher' is annotated", "is no Dispatcher");
        }

        @Test
        void failsOnAnAbstractClass() {
            assertThat(failure(runner.withUserConfiguration(WithAbstractHandler.class)))
                    .contains("(" + WithAbstractHandler.Base.class.getName()
                            + ") is abstract: no connection can get one");
        }

        @Test
        void failsOnASharedBean() {
            assertThat(failure(runner.withUserConfiguration(SharedAlice.class)))
                    .contains("'alice' is one bean for all connections");
        }
    }

    @Nested
    class TheNameOfTheBean {

        @Test
        void isTheServersIgnoringCaseAndHyphens() {
            runner.withUserConfiguration(NamedChat.class, Factories.class)
                    .withPropertyValues("asyncore.servers.chat.port=0", "asyncore.servers.carol.port=0")
                    .run(context -> {
                        assertThat(greeting(context, "chat")).isEqualTo("C-Hat");
                        assertThat(greeting(context, "carol")).isEqualTo("carol");
                    });
        }

        @Test
        void mayBeThatOfAnAnnotatedHandler() {
            runner.withBean("chat", Alice.class, Alice::new, definition -> definition.setScope("prototype"))
                    .withUserConfiguration(Bob.class)
                    .withPropertyValues("asyncore.server.port=0", "asyncore.servers.chat.port=0")
                    .run(context -> assertThat(greeting(context, "chat")).isEqualTo("Alice"));
        }

        @Test
        void failsIfTwoBeansHaveIt() {
            assertThat(failure(runner.withUserConfiguration(NamedChat.class)
                            .withBean("chat", DispatcherFactory.class, () -> Greeter::new)
                            .withPropertyValues("asyncore.servers.chat.port=0")))
                    .contains("more than one possible handler: C-Hat, chat.");
        }

        @Test
        void ofASharedDispatcherDoesNotCount() {
            assertThat(failure(
                            runner.withBean("chat", Greeter.class).withPropertyValues("asyncore.servers.chat.port=0")))
                    .contains("'chat'", "has no handler");
        }
    }

    @Nested
    class WhatRemains {

        @Test
        void isBoundIfItIsOneAndOne() {
            runner.withUserConfiguration(Factories.class, Alice.class)
                    .withPropertyValues("asyncore.servers.carol.port=0", "asyncore.servers.dave.port=0")
                    .withPropertyValues("asyncore.servers.other.port=0")
                    .run(context -> assertThat(greeting(context, "other")).isEqualTo("Alice"));
        }

        @Test
        void failsWithTwoCandidates() {
            assertThat(failure(runner.withUserConfiguration(Alice.class, Bob.class)
                            .withPropertyValues("asyncore.servers.chat.port=0")))
                    .contains("The server 'chat' (asyncore.servers.chat) has more than one possible handler");
        }

        @Test
        void failsWithTwoServers() {
            assertThat(failure(runner.withUserConfiguration(Alice.class)
                            .withPropertyValues("asyncore.servers.a.port=0", "asyncore.servers.b.port=0")))
                    .contains("The server 'a' (asyncore.servers.a) has no handler")
                    .contains("The server 'b' (asyncore.servers.b) has no handler")
                    .contains("Nothing says which of them these beans are for: handlerResolverTests.Alice.")
                    .contains("@AsyncoreHandler(\"a\")", "asyncore.servers.a.handler")
                    .contains("@AsyncoreHandler(\"b\")", "asyncore.servers.b.handler");
        }

        @Test
        void failsWithoutCandidate() {
            assertThat(failure(runner.withPropertyValues("asyncore.server.timeouts.idle=1m")))
                    .contains("The server 'default' (asyncore.server) has no handler")
                    .contains("@AsyncoreHandler(\"default\")", "asyncore.server.handler")
                    .doesNotContain("one bean for all");
        }

        @Test
        void failsWithoutCandidateAndSaysWhyASingletonIsNone() {
            assertThat(failure(runner.withBean("client", Greeter.class, Greeter::new)
                            .withPropertyValues("asyncore.server.port=0")))
                    .contains("The server 'default' (asyncore.server) has no handler")
                    .contains("not of the scope 'prototype': client.");
        }
    }

    private static String greeting(ApplicationContext context, String server) {
        return greetingAt(context.getBean(AsyncoreServers.class).get(server).port());
    }

    static String failure(ApplicationContextRunner runner) {
        StringBuilder analysis = new StringBuilder();
        AtomicReference<ConfigurableApplicationContext> failed = new AtomicReference<>();
        runner.withInitializer(failed::set).run(context -> {
            assertThat(context).hasFailed();
            analysis.append(Contexts.analysis(context.getStartupFailure(), failed.get()));
        });
        return analysis.toString();
    }

    @AsyncoreHandler
    static class Alice extends Greeter {}

    @AsyncoreHandler
    static class Bob extends Greeter {}

    @AsyncoreHandler("chat")
    static class ForChat extends Greeter {}

    @AsyncoreHandler(server = "chat")
    static class AlsoForChat extends Greeter {}

    @AsyncoreHandler
    static class NoDispatcher {}

    @Configuration(proxyBeanMethods = false)
    static class WithAbstractHandler {
        @AsyncoreHandler
        abstract static class Base extends Greeter {}
    }

    @Configuration(proxyBeanMethods = false)
    static class SharedAlice {
        @Bean
        Alice alice() {
            return new Alice();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NamedChat {
        @Bean("C-Hat")
        @Scope("prototype")
        Greeter chat() {
            return new Greeter("C-Hat");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Factories {
        @Bean
        DispatcherFactory carol() {
            return () -> new Greeter("carol");
        }

        @Bean({"dave", "david"})
        DispatcherFactory dave() {
            return () -> new Greeter("dave");
        }
    }
}

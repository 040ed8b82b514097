package io.asyncore.spring.context;

import static io.asyncore.spring.context.HandlerResolverTests.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Dispatcher;
import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.test.AsyncoreTestClient;
import jakarta.annotation.PostConstruct;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.concurrent.CompletableFuture;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A handler that Spring would wrap in a proxy is found before anybody connects. */
class ProxyCheckTests {

    private final ApplicationContextRunner runner = Contexts.runner().withPropertyValues("asyncore.server.port=0");

    @Test
    void aMethodThatSpringRunsElsewhereIsNamed() {
        assertThat(failure(runner.withUserConfiguration(WithAsync.class, Gateway.class)))
                .contains("wrap the handler 'proxyCheckTests.Gateway' (" + Gateway.class.getName() + ") in a proxy")
                .contains("because of @Async on " + Gateway.class.getName() + ".store()")
                .contains("Put it on an injected service");
    }

    @Test
    void soIsOneOfASuperclass() {
        assertThat(failure(runner.withUserConfiguration(WithAsync.class, Derived.class)))
                .contains("because of @Async on " + Gateway.class.getName() + ".store()");
    }

    @Test
    void aTransactionIsNamed() {
        assertThat(failure(runner.withUserConfiguration(WithTransactions.class, Booking.class)))
                .contains("wrap the handler 'proxyCheckTests.Booking' (" + Booking.class.getName() + ") in a proxy")
                .contains("because of @Transactional on " + Booking.class.getName() + ".handleLine()")
                .contains("Put it on an injected service");
    }

    @Test
    void anInjectedServiceMayHaveTransactions() {
        runner.withUserConfiguration(WithTransactions.class, Teller.class, Bookings.class)
                .run(context -> {
                    int port = context.getBean(AsyncoreServers.class)
                            .get("default")
                            .port();
                    try (AsyncoreTestClient client = AsyncoreTestClient.connect(port)) {
                        client.expectLine("Teller");
                        client.sendLine("4711");
                        client.expectLine("4711 in a transaction");
                    }
                });
    }

    @Test
    void anAnnotatedClassIsNamed() {
        assertThat(failure(runner.withUserConfiguration(WithAspect.class, Audited.class)))
                .contains("because of @Audit on " + Audited.class.getName() + ".");
    }

    @Test
    void anAspectWithoutAnnotationIsSuspected() {
        assertThat(failure(runner.withUserConfiguration(WithAspect.class)
                        .withBean("all", Advisor.class, () -> advisor(null))
                        .withUserConfiguration(Plain.class)))
                .contains("because of an aspect that applies to " + Plain.class.getName());
    }

    @Test
    void whatNobodyReadsDoesNoHarm() {
        runner.withUserConfiguration(Gateway.class, Store.class).run(ProxyCheckTests::assertServes);
    }

    @Test
    void anInjectedServiceMayBeProxied() {
        runner.withUserConfiguration(WithAsync.class, WithAspect.class, Plain.class, Store.class)
                .run(ProxyCheckTests::assertServes);
    }

    @Test
    void aFactoryMayBeProxied() {
        runner.withUserConfiguration(WithAspect.class)
                .withBean("factory", DispatcherFactory.class, AuditedFactory::new)
                .withUserConfiguration(Store.class)
                .run(ProxyCheckTests::assertServes);
    }

    @Test
    void aProxyThatTheDefinitionDoesNotShowCostsTheConnection() {
        runner.withUserConfiguration(WithAsync.class, Hidden.class, Store.class).run(context -> {
            int port = context.getBean(AsyncoreServers.class).get("default").port();
            try (AsyncoreTestClient client = AsyncoreTestClient.connect(port)) {
                client.expectEnd();
            }
        });
    }

    private static void assertServes(ApplicationContext context) throws Exception {
        int port = context.getBean(AsyncoreServers.class).get("default").port();
        assertThat(Contexts.greetingAt(port)).isNotBlank();
    }

    private static Advisor advisor(@Nullable Class<? extends Annotation> on) {
        MethodInterceptor nothing = call -> call.proceed();
        return on == null
                ? new DefaultPointcutAdvisor(
                        new ComposablePointcut((ClassFilter) Plain.class::isAssignableFrom), nothing)
                : new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forClassAnnotation(on), nothing);
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Audit {}

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class WithAsync {}

    @Configuration(proxyBeanMethods = false)
    static class WithAspect {
        @Bean
        static DefaultAdvisorAutoProxyCreator proxies() {
            DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
            creator.setProxyTargetClass(true);
            return creator;
        }

        @Bean
        static Advisor audit() {
            return advisor(Audit.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class WithTransactions {
        @Bean
        static PlatformTransactionManager transactions() {
            return new AbstractPlatformTransactionManager() {
                @Override
                protected Object doGetTransaction() {
                    return this;
                }

                @Override
                protected void doBegin(Object transaction, TransactionDefinition definition) {}

                @Override
                protected void doCommit(DefaultTransactionStatus status) {}

                @Override
                protected void doRollback(DefaultTransactionStatus status) {}
            };
        }
    }

    @AsyncoreHandler
    static class Booking extends Greeter {
        @Override
        @Transactional
        protected void handleLine(String line) {}
    }

    static class Bookings {
        @Transactional
        public String book(String number) {
            return number + (TransactionSynchronizationManager.isActualTransactionActive() ? " in a" : " without")
                    + " transaction";
        }
    }

    @AsyncoreHandler
    static class Teller extends Greeter {
        private final Bookings bookings;

        Teller(Bookings bookings) {
            this.bookings = bookings;
        }

        @Override
        protected void handleLine(String line) {
            offload(() -> bookings.book(line), this::pushLine);
        }
    }

    @AsyncoreHandler
    static class Gateway extends Greeter {
        @Async
        CompletableFuture<Void> store() {
            return CompletableFuture.completedFuture(null);
        }
    }

    @AsyncoreHandler
    static class Derived extends Gateway {}

    @AsyncoreHandler
    @Audit
    static class Audited extends Greeter {}

    @AsyncoreHandler
    static class Plain extends Greeter {
        @Autowired
        void with(Store store) {}

        @PostConstruct
        void made() {}
    }

    @Audit
    static class Store {
        @Async
        void store() {}
    }

    @Audit
    static class AuditedFactory implements DispatcherFactory {
        @Override
        public Dispatcher create() {
            return new Greeter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Hidden {
        @Bean
        @Scope("prototype")
        Dispatcher gateway() {
            return new Gateway();
        }
    }
}

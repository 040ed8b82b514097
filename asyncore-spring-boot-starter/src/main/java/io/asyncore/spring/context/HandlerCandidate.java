package io.asyncore.spring.context;

import io.asyncore.Dispatcher;
import io.asyncore.server.DispatcherFactory;
import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreHandler;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * A bean that could handle the connections of a server: a {@link DispatcherFactory}, or a prototype {@link
 * Dispatcher} of which each connection gets its own.
 *
 * @param beanName the bean
 * @param factory whether it is a factory
 * @param annotated whether its class carries {@link AsyncoreHandler}
 * @param server the server that the annotation names, or nothing
 */
record HandlerCandidate(String beanName, boolean factory, boolean annotated, String server) {

    /** All candidates, without creating a bean. */
    static List<HandlerCandidate> findAll(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getBeanNamesForAnnotation(AsyncoreHandler.class)) {
            checkAnnotated(name, beans);
        }
        Stream<String> factories = Stream.of(beans.getBeanNamesForType(DispatcherFactory.class, true, false));
        Stream<String> handlers = Stream.of(beans.getBeanNamesForType(Dispatcher.class, true, false))
                .filter(beans::isPrototype);
        return Stream.concat(factories.map(name -> of(name, true, beans)), handlers.map(name -> of(name, false, beans)))
                .toList();
    }

    /** Is there one, or a bean that claims to be? */
    static boolean isAnyIn(ConfigurableListableBeanFactory beans) {
        return beans.getBeanNamesForAnnotation(AsyncoreHandler.class).length > 0
                || beans.getBeanNamesForType(DispatcherFactory.class, true, false).length > 0
                || Stream.of(beans.getBeanNamesForType(Dispatcher.class, true, false))
                        .anyMatch(beans::isPrototype);
    }

    /** The dispatchers that are one bean each, such as clients. */
    static List<String> singletons(ConfigurableListableBeanFactory beans) {
        return Stream.of(beans.getBeanNamesForType(Dispatcher.class, true, false))
                .filter(name -> !beans.isPrototype(name))
                .sorted()
                .toList();
    }

    private static HandlerCandidate of(String name, boolean factory, ConfigurableListableBeanFactory beans) {
        AsyncoreHandler annotation = beans.findAnnotationOnBean(name, AsyncoreHandler.class, false);
        return new HandlerCandidate(name, factory, annotation != null, annotation == null ? "" : annotation.server());
    }

    private static void checkAnnotated(String name, ConfigurableListableBeanFactory beans) {
        if (!beans.isTypeMatch(name, Dispatcher.class)) {
            throw HandlerFailures.noDispatcher(name);
        }
        if (!beans.isPrototype(name)) {
            throw HandlerFailures.shared(name);
        }
    }

    /** Whether it may serve any server, as no annotation reserves it for one. */
    boolean isUnreserved() {
        return server.isEmpty();
    }

    /** Whether the bean's name is the server's name, ignoring case and hyphens. */
    boolean isNamedLike(String name) {
        return beanName.replace("-", "").toLowerCase(Locale.ROOT).equals(name);
    }

    private void checkConcrete(ConfigurableListableBeanFactory beans) {
        Class<?> type = beans.getType(beanName, false);
        if (type != null
                && Modifier.isAbstract(type.getModifiers())
                && beans.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition definition
                && definition.getFactoryMethodName() == null
                && definition.getInstanceSupplier() == null) {
            throw HandlerFailures.cannotBeMade(beanName, type);
        }
    }

    /** Refuses a bean whose instances could not be made, or would not be the objects that its class says. */
    void check(ConfigurableListableBeanFactory beans) {
        if (!factory) {
            checkConcrete(beans);
            ProxyCheck.check(beanName, beans);
        }
    }

    /** How the log calls it. */
    String describe(ConfigurableListableBeanFactory beans) {
        Class<?> type = beans.getType(beanName, false);
        return "the " + (factory ? "factory" : "handler") + " '" + beanName + "'"
                + (type == null ? "" : " (" + type.getName() + ")");
    }

    /**
     * Lets the connections of the server that is being built be handled by this bean; not before all other beans are there.
     *
     * @throws RuntimeException if it could not handle them
     */
    void handle(Server.Builder builder, ConfigurableListableBeanFactory beans) {
        if (factory) {
            DispatcherFactory factory = beans.getBean(beanName, DispatcherFactory.class);
            FactoryCheck.check(beanName, factory);
            builder.handler(factory);
        } else {
            HandlerDependencies.check(beanName, beans);
            HandlerBeans handlers = new HandlerBeans(beanName, beans);
            builder.handler(handlers).listener(handlers);
        }
    }
}

package io.asyncore.spring.context;

import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.LoopListener;
import io.asyncore.server.DispatcherFactory;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.springframework.aop.SpringProxy;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Gives each connection a bean of its own and destroys it when the connection has ended.
 *
 * <p>Spring forgets a prototype bean as soon as it is created, so the live ones are kept here. Called on the threads
 * of the server's loops.
 */
final class HandlerBeans implements DispatcherFactory, LoopListener {

    private final String beanName;
    private final ConfigurableListableBeanFactory beans;
    private final Set<Dispatcher> live =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    HandlerBeans(String beanName, ConfigurableListableBeanFactory beans) {
        this.beanName = beanName;
        this.beans = beans;
        // Spring infers that close() destroys a bean. The loop has closed the channel by then; no handler expects it
        // twice.
        if (beans.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition definition) {
            definition.registerExternallyManagedDestroyMethod("close");
        }
    }

    @Override
    public Dispatcher create() {
        Dispatcher handler = beans.getBean(beanName, Dispatcher.class);
        if (handler instanceof SpringProxy) { // its bean definition did not show it
            throw new IllegalStateException("the handler '" + beanName + "' is wrapped in a proxy of Spring, which no"
                    + " loop can serve: put what is annotated on an injected service");
        }
        live.add(handler);
        return handler;
    }

    @Override
    public void onClosed(Dispatcher channel, CloseReason reason) {
        if (live.remove(channel)) {
            beans.destroyBean(beanName, channel);
        }
    }
}

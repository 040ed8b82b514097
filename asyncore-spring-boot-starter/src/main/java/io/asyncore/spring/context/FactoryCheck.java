package io.asyncore.spring.context;

import io.asyncore.Dispatcher;
import io.asyncore.server.DispatcherFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a factory give each connection a dispatcher of its own? Nobody can know without calling it, so it is called twice before
 * its server listens, and what it has made is closed again. What it throws meanwhile says nothing about the connections to
 * come. For the thread that starts the servers.
 */
final class FactoryCheck {

    private static final Logger log = LoggerFactory.getLogger(FactoryCheck.class);

    private FactoryCheck() {}

    static void check(String beanName, DispatcherFactory factory) {
        Dispatcher first = made(beanName, factory);
        Dispatcher second = first == null ? null : made(beanName, factory);
        if (first != null && first == second) {
            throw HandlerFailures.sameAgain(beanName, first);
        }
        close(first);
        close(second);
    }

    /** Null if it throws. */
    private static @Nullable Dispatcher made(String beanName, DispatcherFactory factory) {
        Dispatcher handler;
        try {
            handler = factory.create();
        } catch (Exception unknown) {
            log.debug("The factory '{}' cannot be tried before its server listens", beanName, unknown);
            return null;
        }
        if (handler == null || isAttached(handler)) {
            throw HandlerFailures.notNew(beanName, handler);
        }
        return handler;
    }

    private static void close(@Nullable Dispatcher handler) {
        try {
            if (handler != null) {
                handler.close();
            }
        } catch (RuntimeException unprepared) { // it may rely on having had a connection
            log.debug("{} cannot be closed", handler, unprepared);
        }
    }

    private static boolean isAttached(Dispatcher handler) {
        return handler.isClosed() || handler.map().get(handler.id()) != null;
    }
}

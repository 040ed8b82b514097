package io.asyncore.spring.context;

import io.asyncore.server.Server;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Warns of dispatchers in an application without servers: perhaps one of them was meant to be a handler. The thread that starts
 * the context.
 */
public final class NothingListens implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(NothingListens.class);

    private final ConfigurableListableBeanFactory beans;

    /**
     * Creates it.
     *
     * @param beans the context's bean factory
     */
    public NothingListens(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> singletons = HandlerCandidate.singletons(beans);
        if (!singletons.isEmpty() && beans.getBeanNamesForType(Server.class, true, false).length == 0) {
            log.warn("{}", HandlerFailures.nothingListens(singletons));
        }
    }
}

package io.asyncore.spring.context;

import io.asyncore.server.Server;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Speaks for an application without servers: says that none shall be, or else warns of dispatchers, one of which was perhaps
 * meant to be a handler. The thread that starts the context.
 */
public final class NothingListens implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(NothingListens.class);

    private final ConfigurableListableBeanFactory beans;
    private final @Nullable String switchedOff;

    /**
     * Creates it.
     *
     * @param beans the context's bean factory
     * @param switchedOff who says that there shall be no servers, if anybody does
     */
    public NothingListens(ConfigurableListableBeanFactory beans, @Nullable String switchedOff) {
        this.beans = beans;
        this.switchedOff = switchedOff;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (switchedOff != null) {
            tellWhy(switchedOff);
            return;
        }
        List<String> singletons = HandlerCandidate.singletons(beans);
        if (!singletons.isEmpty() && beans.getBeanNamesForType(Server.class, true, false).length == 0) {
            log.warn("{}", HandlerFailures.nothingListens(singletons));
        }
    }

    static void tellWhy(String switchedOff) {
        log.info("Asyncore starts no server: {}", switchedOff);
    }
}

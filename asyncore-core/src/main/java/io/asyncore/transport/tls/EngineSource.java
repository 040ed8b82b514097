package io.asyncore.transport.tls;

import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Makes the engines of the sessions that a server has. Called on the threads of its loops. */
public interface EngineSource {

    /**
     * A new engine, in server mode.
     *
     * @param host the name that the client asked for, in lower case; null if it named none, or {@link #looksAtHost()} is
     *     false
     */
    SSLEngine engine(@Nullable String host);

    /** True if the client's first message must be looked at for the name of a host before an engine is made. */
    default boolean looksAtHost() {
        return false;
    }

    /** Does the engines' work that would keep a loop from its other channels. */
    default Executor tasks() {
        return SharedTasks.executor();
    }

    /** All engines come from one context, and their tasks run on the threads that all TLS transports share. */
    static EngineSource of(SSLContext context) {
        return host -> {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            return engine;
        };
    }
}

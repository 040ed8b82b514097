package io.asyncore.spring.context;

import io.asyncore.LoopListener;
import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreExecutorProvider;
import io.asyncore.spring.AsyncoreServerCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/**
 * The beans that take part in building every server; asked for when one is started, so that they may depend on the servers
 * themselves.
 *
 * @param executor runs what handlers offload
 * @param listeners watch the loops, and the servers those that are more than loop listeners
 * @param bundles has the certificates of servers with TLS
 * @param customizers have the last word
 */
public record ServerParts(
        AsyncoreExecutorProvider executor,
        ObjectProvider<LoopListener> listeners,
        ObjectProvider<SslBundles> bundles,
        ObjectProvider<AsyncoreServerCustomizer> customizers) {

    void applyTo(Server.Builder builder, String server) {
        builder.offloadExecutor(executor.getExecutor());
        listeners.orderedStream().forEach(builder::listener);
        customizers.orderedStream().forEach(customizer -> customize(customizer, server, builder));
    }

    private static void customize(AsyncoreServerCustomizer customizer, String server, Server.Builder builder) {
        try {
            customizer.customize(server, builder);
        } catch (IllegalArgumentException refused) {
            throw new AsyncoreStartException(
                    "The AsyncoreServerCustomizer " + customizer.getClass().getName() + " cannot build the server '"
                            + server + "': " + refused.getMessage() + ".",
                    "Correct the value that it gives the builder.",
                    refused);
        }
    }
}

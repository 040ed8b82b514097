package io.asyncore.server;

import io.asyncore.transport.tls.EngineSource;
import io.asyncore.transport.tls.TlsTrial;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines of a server. Any thread; another {@link Ssl} may be put in place at any time, for new connections. */
final class SslEngines implements EngineSource {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final Executor tasks;
    private volatile Hosts hosts;

    /**
     * Reads the files, and tries a handshake with what is in them, so that nothing is found missing when the first client
     * comes.
     *
     * @throws IllegalArgumentException naming the file or what is enabled, what is wrong with it, and what to do
     */
    SslEngines(Ssl ssl, Executor tasks) {
        this.tasks = tasks;
        hosts = new Hosts(ssl);
    }

    /**
     * Connections that come from now on have engines made from this; its files are read now. If that fails, everything stays
     * as it was.
     *
     * @throws IllegalArgumentException naming the file, what is wrong with it, and what to do
     */
    void replace(Ssl ssl) {
        hosts = new Hosts(ssl);
    }

    @Override
    public SSLEngine engine(@Nullable String host) {
        return hosts.find(host).engine();
    }

    @Override
    public boolean looksAtHost() {
        return hosts.areSeveral();
    }

    @Override
    public Executor tasks() {
        return tasks;
    }

    /** What was read from the files, by host. */
    private static final class Hosts {

        private final Site other;
        private final Map<String, Site> named = new HashMap<>();

        Hosts(Ssl ssl) {
            other = new Site(ssl);
            ssl.hosts().forEach((host, its) -> named.put(host, new Site(its)));
        }

        boolean areSeveral() {
            return !named.isEmpty();
        }

        Site find(@Nullable String host) {
            Site site = host == null ? null : named.get(host);
            if (site == null && host != null) {
                site = named.get("*" + host.substring(Math.max(0, host.indexOf('.'))));
            }
            return site != null ? site : other;
        }
    }

    /** One host. */
    private static final class Site {

        private final Ssl ssl;
        private final SSLContext context;

        Site(Ssl ssl) {
            this.ssl = ssl;
            context = ssl.keys().load();
            tryOut();
        }

        private void tryOut() {
            try {
                TlsTrial.run(context, engine());
            } catch (SSLException refused) {
                if (!(ssl.keys() instanceof SslKeys.Given)) {
                    throw new IllegalArgumentException(
                            "no TLS is possible with " + ssl.keys() + ": " + refused.getMessage()
                                    + "; use a key and a certificate of a kind that clients have, such as RSA or EC",
                            refused);
                }
                log.warn(
                        "The server's SSLContext refuses a client that offers all that it has enabled: {}. Unless its key"
                                + " manager wants the name of a host, it will refuse everybody",
                        refused.getMessage());
            }
        }

        SSLEngine engine() {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setUseCipherSuitesOrder(true);
            if (ssl.clientAuth() == Ssl.ClientAuth.NEED) {
                parameters.setNeedClientAuth(true);
            } else if (ssl.clientAuth() == Ssl.ClientAuth.WANT) {
                parameters.setWantClientAuth(true);
            }
            parameters.setApplicationProtocols(ssl.applicationProtocols().toArray(new String[0]));
            engine.setSSLParameters(parameters);
            return engine;
        }
    }
}

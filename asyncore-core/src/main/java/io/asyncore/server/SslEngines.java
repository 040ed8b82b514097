package io.asyncore.server;

import io.asyncore.transport.tls.EngineSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The engines of a server. Any thread; another {@link Ssl} may be put in place at any time, for new connections. */
final class SslEngines implements EngineSource {

    private final Executor tasks;
    private volatile Hosts hosts;

    /**
     * Reads the files, and tries what is in them.
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
        private final Supplier<SSLEngine> engines;

        Site(Ssl ssl) {
            this.ssl = ssl;
            engines = ssl.keys().load();
            engine(); // can it be made as the options say?
        }

        SSLEngine engine() {
            SSLEngine engine = engines.get();
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

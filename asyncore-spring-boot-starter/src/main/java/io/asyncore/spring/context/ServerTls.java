package io.asyncore.spring.context;

import io.asyncore.server.Ssl;
import io.asyncore.transport.tls.CertificateDates;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The TLS of one server, from an SSL bundle. When the bundle is updated, connections that come from then on get the new
 * certificate; those that are open stay as they are. A bundle that no server could work with is refused, and the last good one
 * stays, also when the server is stopped and started again. Any thread.
 */
final class ServerTls {

    private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

    private final ServerSpec server;
    private final ServerSpec.Tls keys;
    private final BundleEngines engines;
    private final Ssl option;

    private ServerTls(ServerSpec server, ServerSpec.Tls keys, BundleEngines engines) {
        this.server = server;
        this.keys = keys;
        this.engines = engines;
        this.option = option(keys, engines);
    }

    private static Ssl option(ServerSpec.Tls keys, BundleEngines engines) {
        Ssl ssl = Ssl.of(engines)
                .withClientAuth(keys.clientAuth())
                .withApplicationProtocols(keys.applicationProtocols().toArray(String[]::new));
        return keys.startTls() ? ssl.withStartTls() : ssl;
    }

    /** Reads the bundle that the server names. */
    static ServerTls of(ServerSpec server, ServerSpec.Tls keys, @Nullable SslBundles bundles) {
        if (bundles == null) {
            throw TlsFailures.noBundles(server, keys);
        }
        BundleEngines engines = engines(server, keys, bundles);
        try {
            ServerTls tls = new ServerTls(server, keys, engines);
            bundles.addBundleUpdateHandler(keys.bundle(), tls::replace);
            tls.warnOfDates();
            return tls;
        } catch (IllegalArgumentException refused) {
            throw OptionFailure.of(server.name(), refused);
        }
    }

    private static BundleEngines engines(ServerSpec server, ServerSpec.Tls keys, SslBundles bundles) {
        SslBundle bundle;
        try {
            bundle = bundles.getBundle(keys.bundle());
        } catch (NoSuchSslBundleException unknown) {
            throw TlsFailures.unknown(server, keys, bundles, unknown);
        }
        try {
            checkTrust(keys, bundle);
            return new BundleEngines(bundle);
        } catch (RuntimeException broken) {
            throw TlsFailures.broken(server, keys, broken);
        }
    }

    /** Without a trust store of its own a bundle trusts every public authority, which is nobody's wish for clients. */
    private static void checkTrust(ServerSpec.Tls keys, SslBundle bundle) {
        boolean stores = bundle.getStores().getKeyStore() != null;
        if (keys.clientAuth() != Ssl.ClientAuth.NONE
                && stores
                && bundle.getStores().getTrustStore() == null) {
            throw new IllegalStateException("it has no trust store that says which clients' certificates are good");
        }
    }

    private void replace(SslBundle updated) {
        try {
            checkTrust(keys, updated);
            engines.replace(updated);
            log.info("{} uses the updated SSL bundle '{}' for new connections", server.title(), keys.bundle());
            warnOfDates();
        } catch (RuntimeException broken) {
            log.error(
                    "{} refuses the updated SSL bundle '{}' and keeps the one that it has: {}",
                    server.title(),
                    keys.bundle(),
                    TlsFailures.reason(broken),
                    broken);
        }
    }

    private void warnOfDates() {
        for (String problem : CertificateDates.problems(engines.certificates())) {
            log.warn("{} has the SSL bundle '{}': {}", server.title(), keys.bundle(), problem);
        }
    }

    /** The option of the server. */
    Ssl option() {
        return option;
    }
}

package io.asyncore.spring.context;

import io.asyncore.transport.tls.TlsTrial;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Makes the engines of an SSL bundle, with the bundle's protocols and cipher suites. The bundle can be exchanged: engines that
 * are made from then on are made of the new one. Each bundle is tried once, before it is taken. Any thread.
 */
final class BundleEngines implements Supplier<SSLEngine> {

    private static final Logger log = LoggerFactory.getLogger(BundleEngines.class);

    private volatile Made made;

    /** @throws RuntimeException if no server could work with the bundle */
    BundleEngines(SslBundle bundle) {
        made = new Made(bundle);
    }

    /**
     * Exchanges it; if that fails, everything stays as it was.
     *
     * @throws RuntimeException if no server could work with the bundle
     */
    void replace(SslBundle bundle) {
        made = new Made(bundle);
    }

    /** The certificates of the bundle that is in place. */
    Set<X509Certificate> certificates() {
        return made.certificates;
    }

    @Override
    public SSLEngine get() {
        return made.engine();
    }

    /** What was made from a bundle. */
    private static final class Made {

        private final SSLContext context;
        private final SslOptions options;
        private final Set<X509Certificate> certificates;

        Made(SslBundle bundle) {
            certificates = BundleKeys.check(bundle);
            context = bundle.createSslContext();
            options = bundle.getOptions();
            tryOut(bundle.getManagers().getKeyManagers());
        }

        /** Finds protocols and suites that do not exist, do not fit, or are not for the key. */
        private void tryOut(KeyManager[] keys) {
            SSLEngine engine = engine();
            engine.setUseClientMode(false);
            try {
                TlsTrial.run(context, engine);
            } catch (SSLException refused) {
                if (isPlain(keys)) {
                    throw new IllegalStateException(
                            "no TLS is possible with its key, protocols and cipher suites", refused);
                }
                log.warn(
                        "The SSL bundle refuses a client that offers all that it has enabled: {}. Unless its key manager wants"
                                + " the name of a host, it will refuse everybody",
                        refused.getMessage());
            }
        }

        /** Do they choose by nothing but the kind of key? */
        private static boolean isPlain(KeyManager[] keys) {
            return Arrays.stream(keys)
                    .map(manager -> manager.getClass().getName())
                    .allMatch(name ->
                            name.startsWith("sun.security.") || name.startsWith("org.springframework.boot.ssl."));
        }

        SSLEngine engine() {
            SSLEngine engine = context.createSSLEngine();
            SSLParameters parameters = engine.getSSLParameters();
            if (options.getEnabledProtocols() != null) {
                parameters.setProtocols(options.getEnabledProtocols());
            }
            if (options.getCiphers() != null) {
                parameters.setCipherSuites(options.getCiphers());
            }
            engine.setSSLParameters(parameters);
            return engine;
        }
    }
}

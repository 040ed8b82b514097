package io.asyncore.spring.context;

import io.asyncore.transport.tls.TlsTrial;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * The context of an SSL bundle, with the bundle's protocols and cipher suites. It can be exchanged: engines that are made from
 * then on are made by the new one. Any thread.
 */
final class BundleContext extends SSLContext {

    private static final Logger log = LoggerFactory.getLogger(BundleContext.class);

    private final Current current;

    private BundleContext(Current current) {
        super(current, current.made.context.getProvider(), current.made.context.getProtocol());
        this.current = current;
    }

    /** @throws RuntimeException if no server could work with the bundle */
    static BundleContext of(SslBundle bundle) {
        return new BundleContext(new Current(new Made(bundle)));
    }

    /**
     * Exchanges it; if that fails, everything stays as it was.
     *
     * @throws RuntimeException if no server could work with the bundle
     */
    void replace(SslBundle bundle) {
        current.made = new Made(bundle);
    }

    /** What was made from a bundle. */
    private static final class Made {

        private final SSLContext context;
        private final SslOptions options;

        Made(SslBundle bundle) {
            BundleKeys.check(bundle);
            context = bundle.createSslContext();
            options = bundle.getOptions();
            tryOut(bundle.getManagers().getKeyManagers());
        }

        /** Finds protocols and suites that do not exist, do not fit, or are not for the key. */
        private void tryOut(KeyManager[] keys) {
            SSLEngine engine = engine(context.createSSLEngine());
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

        SSLEngine engine(SSLEngine engine) {
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

    /** Passes everything on to the context of the moment. */
    private static final class Current extends SSLContextSpi {

        private volatile Made made;

        Current(Made made) {
            this.made = made;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random) {
            throw new IllegalStateException("the SSL bundle has done that");
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            Made now = made;
            return now.engine(now.context.createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            Made now = made;
            return now.engine(now.context.createSSLEngine(host, port));
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return made.context.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return made.context.getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return made.context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return made.context.getClientSessionContext();
        }
    }
}

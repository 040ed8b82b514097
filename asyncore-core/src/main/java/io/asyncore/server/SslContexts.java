package io.asyncore.server;

import io.asyncore.transport.tls.CertificateDates;
import io.asyncore.transport.tls.TlsTrial;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What PEM files, key stores and contexts that were made elsewhere have in common. */
final class SslContexts {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    /** Of entries that live in memory alone. */
    static final char[] NO_PASSWORD = {};

    private SslContexts() {}

    static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store cannot be made", e);
        }
        return store;
    }

    /** @param trusted signs clients' certificates; null if nobody does */
    static SSLContext make(KeyStore own, char[] password, @Nullable KeyStore trusted) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trustManagers(trusted == null ? emptyStore() : trusted), null);
        return context;
    }

    private static TrustManager[] trustManagers(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }

    /** Makes engines of a context that has shaken hands with a client. */
    static Supplier<SSLEngine> tried(SSLContext context, SslKeys keys) {
        try {
            tryOut(context, keys.toString());
        } catch (SSLException refused) {
            throw new IllegalArgumentException(
                    "no TLS is possible with " + keys + ": " + refused.getMessage()
                            + "; use a key and a certificate of a kind that clients have, such as RSA or EC",
                    refused);
        }
        return context::createSSLEngine;
    }

    /** The same of a context of which nobody here knows what its key managers ask for. */
    static Supplier<SSLEngine> triedGiven(SSLContext context) {
        try {
            tryOut(context, "the server's SSLContext");
        } catch (SSLException refused) {
            log.warn(
                    "The server's SSLContext refuses a client that offers all that it has enabled: {}. Unless its key"
                            + " manager wants the name of a host, it will refuse everybody",
                    refused.getMessage());
        }
        return context::createSSLEngine;
    }

    private static void tryOut(SSLContext context, String what) throws SSLException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        for (String problem : CertificateDates.problems(TlsTrial.run(context, engine))) {
            log.warn("{}: {}", what, problem);
        }
    }

    static IllegalArgumentException unreadable(Path file, IOException e) {
        String reason = e instanceof NoSuchFileException
                ? "there is no such file; the path is relative to "
                        + Path.of("").toAbsolutePath()
                : e.toString();
        return new IllegalArgumentException("cannot read " + file + ": " + reason, e);
    }
}

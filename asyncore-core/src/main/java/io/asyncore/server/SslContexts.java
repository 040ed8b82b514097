package io.asyncore.server;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What PEM files and key stores have in common. */
final class SslContexts {

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

    static IllegalArgumentException unreadable(Path file, IOException e) {
        String reason = e instanceof NoSuchFileException
                ? "there is no such file; the path is relative to "
                        + Path.of("").toAbsolutePath()
                : e.toString();
        return new IllegalArgumentException("cannot read " + file + ": " + reason, e);
    }
}

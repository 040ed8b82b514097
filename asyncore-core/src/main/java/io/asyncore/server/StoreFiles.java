package io.asyncore.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Reads keys and certificates from key stores. */
final class StoreFiles {

    private StoreFiles() {}

    static SSLContext load(SslKeys.Store store) {
        KeyStore own = open(store.path(), store.type(), store.password());
        String keyPassword = store.keyPassword() != null ? store.keyPassword() : store.password();
        try {
            KeyStore chosen = only(store, own, keyPassword.toCharArray());
            return SslContexts.make(chosen, keyPassword.toCharArray(), trusted(store));
        } catch (UnrecoverableKeyException e) {
            throw new IllegalArgumentException(
                    "the password does not open the key in " + store.path()
                            + ": if it is not the store's, give it with withKeyPassword(...)",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot use " + store.path() + ": " + e.getMessage(), e);
        }
    }

    /** The store with that key alone which was chosen. */
    private static KeyStore only(SslKeys.Store store, KeyStore own, char[] password) throws GeneralSecurityException {
        String alias = store.alias();
        if (alias == null) {
            requireKey(store, own);
            return own;
        }
        if (!own.isKeyEntry(alias)) {
            throw new IllegalArgumentException("there is no key '" + alias + "' in " + store.path() + "; it has "
                    + Collections.list(own.aliases()));
        }
        KeyStore chosen = SslContexts.emptyStore();
        chosen.setKeyEntry(alias, own.getKey(alias, password), password, own.getCertificateChain(alias));
        return chosen;
    }

    private static void requireKey(SslKeys.Store store, KeyStore own) throws KeyStoreException {
        for (String alias : Collections.list(own.aliases())) {
            if (own.isKeyEntry(alias)) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "there is no key in " + store.path() + ", only certificates: is it the trust" + " store?");
    }

    private static @Nullable KeyStore trusted(SslKeys.Store store) {
        if (store.trustStore() == null) {
            return null;
        }
        String password = store.trustStorePassword() != null ? store.trustStorePassword() : store.password();
        KeyStore trusted = open(store.trustStore(), store.type(), password);
        try {
            if (trusted.size() == 0) {
                throw new IllegalArgumentException(
                        store.trustStore() + " has no certificate in it, so that no client" + " could be trusted");
            }
        } catch (KeyStoreException e) {
            throw new IllegalStateException("a key store that was loaded is not", e);
        }
        return trusted;
    }

    private static KeyStore open(Path file, @Nullable String type, String password) {
        if (!Files.isRegularFile(file)) {
            throw SslContexts.unreadable(file, new NoSuchFileException(file.toString()));
        }
        try {
            if (type == null) {
                return KeyStore.getInstance(file.toFile(), password.toCharArray());
            }
            KeyStore store = KeyStore.getInstance(type);
            try (InputStream stored = Files.newInputStream(file)) {
                store.load(stored, password.toCharArray());
            }
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new IllegalArgumentException("the password does not open " + file, e);
            }
            throw SslContexts.unreadable(file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "cannot use " + file + " as a key store" + (type == null ? "" : " of type " + type) + ": "
                            + e.getMessage(),
                    e);
        }
    }
}

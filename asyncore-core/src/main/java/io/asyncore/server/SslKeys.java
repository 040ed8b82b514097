package io.asyncore.server;

import java.nio.file.Path;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Where a server has its key and certificates from. Values for any thread; none of them shows a password. */
public sealed interface SslKeys {

    /** Does it name whom to trust, so that clients can be asked for certificates? */
    boolean namesTrusted();

    /**
     * Reads what there is to be read, and tries a handshake with it, so that nothing is found missing when the first client
     * comes. The log warns of a certificate that has expired, is not valid yet, or expires within a week.
     *
     * @return makes an engine for each connection, on any thread
     * @throws IllegalArgumentException naming the file or what is enabled, what is wrong with it, and what to do
     */
    Supplier<SSLEngine> load();

    /** The same with a password for the key. */
    SslKeys withKeyPassword(@Nullable String password);

    /** The same with certificates of those who may sign clients' certificates. */
    SslKeys withTrusted(@Nullable Path certificates, @Nullable String password);

    /**
     * A context that was made elsewhere.
     *
     * @param context its key managers hold the key, and its trust managers judge clients
     */
    record Given(SSLContext context) implements SslKeys {

        @Override
        public boolean namesTrusted() {
            return true;
        }

        /** Warns only where the handshake fails: the key managers may want the name of a host. */
        @Override
        public Supplier<SSLEngine> load() {
            return SslContexts.triedGiven(context);
        }

        @Override
        public SslKeys withKeyPassword(@Nullable String password) {
            throw new IllegalStateException("an SSLContext has opened its key already: there is no password to set");
        }

        @Override
        public SslKeys withTrusted(@Nullable Path certificates, @Nullable String password) {
            throw new IllegalStateException("an SSLContext knows whom to trust: give it other trust managers");
        }
    }

    /**
     * Engines that somebody else makes, from keys that may be others each time. So nobody but their maker can try whether
     * clients will get on with them, as {@link io.asyncore.transport.tls.TlsTrial} does.
     *
     * @param engines makes one for each connection, on the thread of any loop: with TLS 1.2 or 1.3 and with cipher suites of
     *     its choice; whose trust managers judge clients
     */
    record Supplied(Supplier<SSLEngine> engines) implements SslKeys {

        @Override
        public boolean namesTrusted() {
            return true;
        }

        @Override
        public Supplier<SSLEngine> load() {
            return engines;
        }

        @Override
        public SslKeys withKeyPassword(@Nullable String password) {
            throw new IllegalStateException("who makes the engines has opened the key: there is no password to set");
        }

        @Override
        public SslKeys withTrusted(@Nullable Path certificates, @Nullable String password) {
            throw new IllegalStateException(
                    "who makes the engines knows whom to trust: make them of other trust managers");
        }
    }

    /**
     * PEM files.
     *
     * @param certificate the server's certificate and then those of who signed it; the root may be left out
     * @param privateKey the certificate's key, RSA, EC or EdDSA, as PKCS#8; may be the same file
     * @param privateKeyPassword opens the key if it is encrypted; [none]
     * @param trusted certificates of those who may sign clients' certificates; [none]
     */
    record Pem(
            Path certificate,
            Path privateKey,
            @Nullable String privateKeyPassword,
            @Nullable Path trusted) implements SslKeys {

        @Override
        public boolean namesTrusted() {
            return trusted != null;
        }

        @Override
        public Supplier<SSLEngine> load() {
            return SslContexts.tried(PemFiles.load(this), this);
        }

        @Override
        public SslKeys withKeyPassword(@Nullable String password) {
            return new Pem(certificate, privateKey, password, trusted);
        }

        @Override
        public SslKeys withTrusted(@Nullable Path certificates, @Nullable String password) {
            if (password != null) {
                throw new IllegalStateException("a PEM file of certificates has no password: leave it out");
            }
            return new Pem(certificate, privateKey, privateKeyPassword, certificates);
        }

        @Override
        public String toString() {
            return "Pem[certificate=" + certificate + ", privateKey=" + privateKey + ", trusted=" + trusted + "]";
        }
    }

    /**
     * A key store, and perhaps another one that says whom to trust.
     *
     * @param path the file
     * @param type PKCS12, JKS or another that the JDK knows, also of the trust store; [found out from the file]
     * @param password opens the store
     * @param keyPassword opens the key in it; [the store's]
     * @param alias which of its keys; [the JDK chooses one that fits]
     * @param trustStore certificates of those who may sign clients' certificates; [none]
     * @param trustStorePassword opens that one; [the key store's]
     */
    record Store(
            Path path,
            @Nullable String type,
            String password,
            @Nullable String keyPassword,
            @Nullable String alias,
            @Nullable Path trustStore,
            @Nullable String trustStorePassword)
            implements SslKeys {

        @Override
        public boolean namesTrusted() {
            return trustStore != null;
        }

        @Override
        public Supplier<SSLEngine> load() {
            return SslContexts.tried(StoreFiles.load(this), this);
        }

        @Override
        public SslKeys withKeyPassword(@Nullable String chosen) {
            return new Store(path, type, password, chosen, alias, trustStore, trustStorePassword);
        }

        @Override
        public SslKeys withTrusted(@Nullable Path certificates, @Nullable String chosen) {
            return new Store(path, type, password, keyPassword, alias, certificates, chosen);
        }

        @Override
        public String toString() {
            return "Store[path=" + path + ", type=" + type + ", alias=" + alias + ", trustStore=" + trustStore + "]";
        }
    }
}

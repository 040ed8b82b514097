package io.asyncore.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * How a server does TLS: 1.2 and 1.3, with the JDK's cipher suites, the server's order deciding. A value for any thread;
 * files are read when the server starts.
 *
 * <pre>{@code
 * Ssl.pem(Path.of("server.pem"), Path.of("server.key"))
 *         .withTrusted(Path.of("clients.pem"))
 *         .withClientAuth(Ssl.ClientAuth.NEED)
 * }</pre>
 *
 * @param keys the server's key and certificates
 * @param clientAuth are clients asked for a certificate; [NONE]
 * @param applicationProtocols what ALPN may choose, best first; a client that offers ALPN but none of these is refused;
 *     [none: what clients offer is ignored]
 * @param hosts TLS of other hosts at the same address, by the name that the client asks for: exact, or {@code *.} before a
 *     name, where one label takes the asterisk's place. Who asks for another name, or none, gets this one's; [none]
 * @param startTls true: connections begin in plain text, and TLS begins when a handler calls {@code startTls()}; [false]
 */
public record Ssl(
        SslKeys keys,
        ClientAuth clientAuth,
        List<String> applicationProtocols,
        Map<String, Ssl> hosts,
        boolean startTls) {

    /** Are clients asked for a certificate? */
    public enum ClientAuth {
        /** No. */
        NONE,
        /** Yes, and a client without one is let in; one with a bad one is not. */
        WANT,
        /** Yes, and nobody without a good one is let in. */
        NEED
    }

    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
    private static final int LONGEST_PROTOCOL = 255;

    public Ssl {
        applicationProtocols = List.copyOf(applicationProtocols);
        hosts = Map.copyOf(hosts);
        if (clientAuth != ClientAuth.NONE && !keys.namesTrusted()) {
            throw new IllegalArgumentException("ssl.clientAuth is " + clientAuth + ", but nothing says who may sign"
                    + " clients' certificates: call withTrusted(...) before withClientAuth(...)");
        }
        applicationProtocols.forEach(Ssl::checkProtocol);
        hosts.forEach(Ssl::checkHost);
    }

    private static void checkProtocol(String protocol) {
        if (protocol.isEmpty() || protocol.length() > LONGEST_PROTOCOL) {
            throw new IllegalArgumentException("ssl.applicationProtocols must be names of 1 to " + LONGEST_PROTOCOL
                    + " bytes, such as h2 or http/1.1, not '" + protocol + "'");
        }
    }

    private static void checkHost(String host, Ssl ssl) {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("ssl.hosts must be names in lower case such as example.com or"
                    + " *.example.com, international ones in their xn-- form, not '" + host + "'");
        }
        if (!ssl.hosts.isEmpty()) {
            throw new IllegalArgumentException(
                    "ssl.hosts of '" + host + "' must be empty: name all hosts in one place");
        }
    }

    // ---- making one ----

    /** With these keys. */
    public static Ssl of(SslKeys keys) {
        return new Ssl(keys, ClientAuth.NONE, List.of(), Map.of(), false);
    }

    /** With a context that was made elsewhere; clients' certificates are judged by its trust managers. */
    public static Ssl of(SSLContext context) {
        return of(new SslKeys.Given(context));
    }

    /**
     * With engines that are made elsewhere, one for each connection: which protocols and cipher suites they have enabled counts,
     * as far as that is TLS 1.2 and 1.3, and clients' certificates are judged by their trust managers. See
     * {@link SslKeys.Supplied}. {@code ssl.keys().load()} has engines of other options, to be made narrower.
     *
     * @param engines asked on the threads of the server's loops
     */
    public static Ssl of(Supplier<SSLEngine> engines) {
        return of(new SslKeys.Supplied(engines));
    }

    /**
     * With PEM files; one file may hold both.
     *
     * @param certificate the server's certificate, then those of who signed it
     * @param privateKey the certificate's key, as PKCS#8
     */
    public static Ssl pem(Path certificate, Path privateKey) {
        return of(new SslKeys.Pem(certificate, privateKey, null, null));
    }

    /** With a key store of a type that the JDK finds out. */
    public static Ssl keyStore(Path path, String password) {
        return keyStore(path, null, password, null);
    }

    /**
     * With a key store.
     *
     * @param type PKCS12, JKS or another that the JDK knows; null to find out
     * @param alias which of its keys; null for one that fits
     */
    public static Ssl keyStore(Path path, @Nullable String type, String password, @Nullable String alias) {
        return of(new SslKeys.Store(path, type, password, null, alias, null, null));
    }

    /** The same with a password for the key: of the PEM file, or of the key within the key store. */
    public Ssl withKeyPassword(@Nullable String password) {
        return new Ssl(keys.withKeyPassword(password), clientAuth, applicationProtocols, hosts, startTls);
    }

    /**
     * The same with certificates of those who may sign clients' certificates: a PEM file; or with a key store another store
     * of the same type and password.
     */
    public Ssl withTrusted(@Nullable Path certificates) {
        return withTrusted(certificates, null);
    }

    /** The same with a trust store that has a password of its own. */
    public Ssl withTrusted(@Nullable Path certificates, @Nullable String password) {
        return new Ssl(keys.withTrusted(certificates, password), clientAuth, applicationProtocols, hosts, startTls);
    }

    /** The same, asking clients for certificates or not. */
    public Ssl withClientAuth(ClientAuth chosen) {
        return new Ssl(keys, chosen, applicationProtocols, hosts, startTls);
    }

    /** The same with protocols for ALPN to choose from, best first. */
    public Ssl withApplicationProtocols(String... best) {
        return new Ssl(keys, clientAuth, List.of(best), hosts, startTls);
    }

    /** The same with other keys for one more host, or {@code *.} and a name for all hosts one label below it. */
    public Ssl withHost(String host, Ssl ssl) {
        Map<String, Ssl> more = new LinkedHashMap<>(hosts);
        more.put(host.toLowerCase(Locale.ROOT), ssl);
        return new Ssl(keys, clientAuth, applicationProtocols, more, startTls);
    }

    /** The same, but connections begin in plain text, and TLS begins when a handler calls {@code startTls()}. */
    public Ssl withStartTls() {
        return new Ssl(keys, clientAuth, applicationProtocols, hosts, true);
    }
}

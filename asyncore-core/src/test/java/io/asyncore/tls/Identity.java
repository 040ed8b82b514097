package io.asyncore.tls;

import io.asyncore.interop.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and a certificate that it has signed itself, made by keytool; each is made once per JVM. */
public final class Identity {

    public static final String PASSWORD = "secret for tests";

    private static final Map<String, Identity> MADE = new ConcurrentHashMap<>();

    private final String name;
    private final Path keyStore;
    private final KeyStore keys;

    private Identity(String name, Path keyStore) throws GeneralSecurityException, IOException {
        this.name = name;
        this.keyStore = keyStore;
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(keyStore)) {
            keys.load(stored, PASSWORD.toCharArray());
        }
    }

    /** A server at this machine: localhost, 127.0.0.1. */
    public static Identity localhost() {
        return of("localhost", "EC", "dns:localhost,ip:127.0.0.1");
    }

    /** A host by its name. */
    public static Identity host(String host) {
        return of(host, "EC", "dns:" + host);
    }

    /** The same with another kind of key. */
    public static Identity rsa(String host) {
        return of(host, "RSA", "dns:" + host);
    }

    /** The same with a key of a kind that no TLS uses any more. */
    public static Identity dsa(String host) {
        return of(host, "DSA", "dns:" + host);
    }

    /** Whose time is over since yesterday. */
    public static Identity expired() {
        return MADE.computeIfAbsent("expired", key -> make("old.example", "EC", "dns:localhost", "-3d", "2"));
    }

    /** As an authority of one's own gives it to each of its services. */
    public static Identity forADay() {
        return MADE.computeIfAbsent("day", key -> make("brief.example", "EC", "dns:localhost", "-1H", "1"));
    }

    private static Identity of(String name, String algorithm, String alternativeNames) {
        return MADE.computeIfAbsent(algorithm + name, key -> make(name, algorithm, alternativeNames, "-1d", "30"));
    }

    private static Identity make(String name, String algorithm, String alternativeNames, String begin, String days) {
        try {
            Path directory = Files.createTempDirectory("identity");
            Path file = directory.resolve("keys.p12");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-J-XX:TieredStopAtLevel=1",
                    "-J-Xshare:auto"));
            command.addAll(List.of("-genkeypair", "-alias", "own", "-keyalg", algorithm));
            command.addAll(List.of("-dname", "CN=" + name, "-ext", "san=" + alternativeNames));
            command.addAll(List.of("-startdate", begin, "-validity", days));
            command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString()));
            try (Program keytool = Program.start(command)) {
                keytool.awaitEnd();
            }
            file.toFile().deleteOnExit();
            directory.toFile().deleteOnExit();
            return new Identity(name, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public String name() {
        return name;
    }

    /** The key store that holds both, of type PKCS12, its only alias being {@code own}. */
    public Path keyStore() {
        return keyStore;
    }

    public Certificate certificate() {
        try {
            return keys.getCertificate("own");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public Key privateKey() {
        try {
            return keys.getKey("own", PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String keyPem() {
        return pem("PRIVATE KEY", privateKey().getEncoded());
    }

    static String pem(String what, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    /** Shows this identity, and trusts these. */
    public SSLContext context(Identity... trusted) {
        try {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trusting(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Shows nothing, and trusts these. */
    public static SSLContext trustingContext(Identity... trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusting(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static TrustManagerFactory trusting(Identity... trusted) throws GeneralSecurityException {
        try {
            KeyStore known = KeyStore.getInstance("PKCS12");
            known.load(null, null);
            for (Identity each : trusted) {
                known.setCertificateEntry(each.name, each.certificate());
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            return trust;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

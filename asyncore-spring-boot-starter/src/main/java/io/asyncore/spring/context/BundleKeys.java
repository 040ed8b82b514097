package io.asyncore.spring.context;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * Does an SSL bundle have what a server needs: a certificate, and the private key that belongs to it? Otherwise the bundle
 * would be accepted, and every handshake would fail.
 */
final class BundleKeys {

    private static final List<String> TYPES = List.of("RSA", "RSASSA-PSS", "EC", "EdDSA", "DSA");
    private static final byte[] SAMPLE = {1, 2, 3};

    private BundleKeys() {}

    /**
     * Looks at each key that the bundle has for a server.
     *
     * @return their certificates, and those of who signed them
     * @throws IllegalStateException if it has not what a server needs
     */
    static Set<X509Certificate> check(SslBundle bundle) {
        List<X509KeyManager> managers = Arrays.stream(bundle.getManagers().getKeyManagers())
                .filter(X509KeyManager.class::isInstance)
                .map(X509KeyManager.class::cast)
                .toList();
        Set<X509Certificate> certificates = new LinkedHashSet<>();
        for (X509KeyManager manager : managers) {
            for (String alias : aliases(bundle, manager).distinct().toList()) {
                X509Certificate[] chain = manager.getCertificateChain(alias);
                if (chain != null && checkPair(alias, chain, manager.getPrivateKey(alias))) {
                    certificates.addAll(List.of(chain));
                }
            }
        }
        if (certificates.isEmpty()) {
            throw new IllegalStateException("it has no certificate with a private key");
        }
        return certificates;
    }

    private static Stream<String> aliases(SslBundle bundle, X509KeyManager manager) {
        String chosen = bundle.getKey().getAlias();
        return chosen != null
                ? Stream.of(chosen)
                : TYPES.stream()
                        .map(type -> manager.getServerAliases(type, null))
                        .filter(aliases -> aliases != null)
                        .flatMap(Arrays::stream);
    }

    private static boolean checkPair(String alias, X509Certificate[] chain, @Nullable PrivateKey key) {
        if (chain.length == 0 || key == null) {
            return false;
        }
        if (!belongTogether(key, chain[0].getPublicKey())) {
            throw new IllegalStateException("the private key '" + alias + "' does not belong to its certificate ("
                    + chain[0].getSubjectX500Principal() + ")");
        }
        return true;
    }

    /** What the key signs, the certificate can verify. */
    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        String algorithm = algorithm(key);
        if (algorithm == null) {
            return true; // a key of another kind, perhaps on a smart card: nobody can tell
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException different) {
            return false;
        }
    }

    private static @Nullable String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
            default -> null;
        };
    }
}

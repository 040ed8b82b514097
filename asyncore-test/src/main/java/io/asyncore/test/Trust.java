package io.asyncore.test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a TLS client believes. */
final class Trust {

    private Trust() {}

    /** The first certificate in this file. */
    static X509Certificate read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "cannot read a certificate from " + file + ": there is no such file; the path is relative to "
                            + Path.of("").toAbsolutePath(),
                    e);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("cannot read a certificate from " + file + ": " + e.getMessage(), e);
        }
    }

    /** This certificate, and those that it has signed; none else. */
    static SSLContext only(X509Certificate certificate) {
        try {
            KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
            known.load(null, null);
            known.setCertificateEntry("trusted", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("cannot trust " + certificate.getSubjectX500Principal(), e);
        }
    }
}

package io.asyncore.behaviour;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/** A key made with keytool, once, and engines of both sides that trust it. */
final class TlsKeys {

    private static final String PASSWORD = "secret for tests";
    private static final SSLContext CONTEXT = make();

    private TlsKeys() {}

    static SSLEngine engine(boolean asClient, String protocol) {
        SSLEngine engine = CONTEXT.createSSLEngine();
        engine.setUseClientMode(asClient);
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    private static SSLContext make() {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            Path file = keyStore();
            try (InputStream stored = Files.newInputStream(file)) {
                keys.load(stored, PASSWORD.toCharArray());
            }
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD.toCharArray());
            KeyStore known = KeyStore.getInstance("PKCS12");
            known.load(null, null);
            known.setCertificateEntry("own", keys.getCertificate("own"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Path keyStore() throws IOException, InterruptedException {
        Path file = Files.createTempDirectory("keys").resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=simulated",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("keytool failed");
        }
        file.toFile().deleteOnExit();
        return file;
    }
}

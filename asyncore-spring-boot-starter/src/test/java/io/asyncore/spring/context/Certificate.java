package io.asyncore.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * A self-signed certificate for {@code localhost} with its key, in PEM.
 *
 * @param certificate the certificate
 * @param key its private key
 */
public record Certificate(String certificate, String key) {

    private static final char[] PASSWORD = "secret".toCharArray();
    private static final Map<String, Certificate> MADE = new ConcurrentHashMap<>();

    /** One for this name; made by the JDK's keytool when it is first asked for. */
    public static Certificate of(String name) {
        return MADE.computeIfAbsent(name, Certificate::make);
    }

    /** One whose time is over since yesterday. */
    static Certificate expired() {
        return MADE.computeIfAbsent("expired", name -> make(name, "-3d", "2"));
    }

    private static Certificate make(String name) {
        return make(name, "-1d", "30");
    }

    private static Certificate make(String name, String begin, String days) {
        try {
            Path directory = Files.createTempDirectory("asyncore-certificate");
            Path file = directory.resolve("store.p12");
            keytool(
                    "-genkeypair",
                    "-alias",
                    "it",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "san=dns:localhost",
                    "-startdate",
                    begin,
                    "-validity",
                    days,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    new String(PASSWORD));
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            Files.delete(file);
            Files.delete(directory);
            return new Certificate(
                    pem("CERTIFICATE", store.getCertificate("it").getEncoded()),
                    pem(
                            "PRIVATE KEY",
                            Objects.requireNonNull(store.getKey("it", PASSWORD)).getEncoded()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(arguments));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }

    /** The context of a client that trusts these servers alone, and has no certificate of its own. */
    public static SSLContext trusting(Certificate... servers) {
        return context(null, servers);
    }

    /** The context of a client that has this certificate, and trusts these servers alone. */
    SSLContext withTrustIn(Certificate... servers) {
        return context(PemSslStoreDetails.forCertificate(certificate).withPrivateKey(key), servers);
    }

    private static SSLContext context(@Nullable PemSslStoreDetails own, Certificate... servers) {
        String trusted = Stream.of(servers).map(Certificate::certificate).collect(Collectors.joining());
        PemSslStoreDetails trust = PemSslStoreDetails.forCertificates(trusted);
        return SslBundle.of(new PemSslStoreBundle(own, trust)).createSslContext();
    }

    /** Writes it where another one may be in use. */
    public void replace(Path certificateFile, Path keyFile) throws Exception {
        put(key, keyFile);
        put(certificate, certificateFile);
    }

    static void put(String content, Path file) throws Exception {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), content);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}

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

/**
 * A self-signed certificate with its key, in PEM.
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

    private static Certificate make(String name) {
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
                    "-validity",
                    "30",
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

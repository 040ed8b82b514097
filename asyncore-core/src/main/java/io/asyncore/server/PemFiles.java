package io.asyncore.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Reads keys and certificates from PEM files. */
final class PemFiles {

    /** More is no key and no chain. */
    private static final long LONGEST_FILE = 4 * 1024 * 1024;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);

    /** One block of a file. */
    private static final class Block {

        final String label;
        final byte[] content;

        Block(String label, byte[] content) {
            this.label = label;
            this.content = content;
        }
    }

    private PemFiles() {}

    static SSLContext load(SslKeys.Pem pem) {
        List<Certificate> chain = certificates(pem.certificate());
        PrivateKey key = privateKey(pem);
        if (!PrivateKeys.belongTogether(key, chain.get(0).getPublicKey())) {
            throw new IllegalArgumentException("the key in " + pem.privateKey()
                    + " is not that of the first certificate"
                    + " in " + pem.certificate() + ": the server's own certificate must come first, and be made for"
                    + " this key");
        }
        try {
            KeyStore own = SslContexts.emptyStore();
            own.setKeyEntry("own", key, SslContexts.NO_PASSWORD, chain.toArray(new Certificate[0]));
            KeyStore trusted = pem.trusted() == null ? null : trusted(pem.trusted());
            return SslContexts.make(own, SslContexts.NO_PASSWORD, trusted);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "cannot use " + pem.certificate() + " with the key in " + pem.privateKey() + ": " + e.getMessage(),
                    e);
        }
    }

    private static KeyStore trusted(Path file) throws GeneralSecurityException {
        KeyStore known = SslContexts.emptyStore();
        for (Certificate certificate : certificates(file)) {
            known.setCertificateEntry("trusted-" + known.size(), certificate);
        }
        return known;
    }

    private static List<Certificate> certificates(Path file) {
        List<Certificate> found = new ArrayList<>();
        for (Block block : blocks(file)) {
            if (block.label.endsWith("CERTIFICATE")) {
                found.add(certificate(file, block, found.size() + 1));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " has no certificate in it: it needs at least one block that begins"
                            + " with -----BEGIN CERTIFICATE-----");
        }
        return found;
    }

    private static Certificate certificate(Path file, Block block, int number) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.content));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "certificate " + number + " in " + file + " is damaged: " + e.getMessage() + "; get it anew", e);
        }
    }

    private static PrivateKey privateKey(SslKeys.Pem pem) {
        Path file = pem.privateKey();
        for (Block block : blocks(file)) {
            switch (block.label) {
                case "PRIVATE KEY" -> {
                    return PrivateKeys.decode(file, block.content);
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return PrivateKeys.decrypt(file, block.content, pem.privateKeyPassword());
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
                    throw new IllegalArgumentException("the key in " + file + " is in an old format ("
                            + block.label + "), but must be PKCS#8; convert it with: openssl pkcs8 -topk8 -nocrypt -in "
                            + file + " -out " + file + ".pkcs8");
                default -> {
                    // parameters, certificates: another block holds the key
                }
            }
        }
        throw new IllegalArgumentException(file + " has no private key in it: it needs a block that begins with"
                + " -----BEGIN PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY-----");
    }

    private static List<Block> blocks(Path file) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text(file));
        while (matcher.find()) {
            String label = matcher.group(1);
            blocks.add(new Block(label, decoded(file, label, matcher.group(2))));
        }
        return blocks;
    }

    /** Old formats have headers before their content; nobody is going to look at that. */
    private static byte[] decoded(Path file, String label, String body) {
        if (body.contains(":")) {
            return new byte[0];
        }
        try {
            return Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the " + label + " in " + file + " is damaged: it is no Base64; get it anew", e);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException(
                        file + " is too large for keys and certificates: is it the right file?");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw SslContexts.unreadable(file, e);
        }
    }
}

package io.asyncore.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Makes keys of the bytes of PKCS#8, encrypted or not. */
final class PrivateKeys {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");
    private static final byte[] ANYTHING = {1, 2, 3};

    private PrivateKeys() {}

    static PrivateKey decode(Path file, byte[] pkcs8) {
        return decode(file, new PKCS8EncodedKeySpec(pkcs8));
    }

    /** The kind of the key is written in it, but no class of the JDK says which: it is the one that takes it. */
    private static PrivateKey decode(Path file, PKCS8EncodedKeySpec spec) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException notOfThisKind) {
                // the next one
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK knows no " + algorithm + " keys", e);
            }
        }
        throw new IllegalArgumentException("the key in " + file + " is damaged, or of none of the kinds " + ALGORITHMS);
    }

    static PrivateKey decrypt(Path file, byte[] encrypted, @Nullable String password) {
        if (password == null) {
            throw new IllegalArgumentException(
                    "the key in " + file + " is encrypted: give its password, with" + " withKeyPassword(...)");
        }
        EncryptedPrivateKeyInfo info;
        try {
            info = new EncryptedPrivateKeyInfo(encrypted);
        } catch (IOException e) {
            throw new IllegalArgumentException("the key in " + file + " is damaged: " + e.getMessage(), e);
        }
        PKCS8EncodedKeySpec spec;
        try {
            spec = info.getKeySpec(cipher(info, password));
        } catch (InvalidKeyException | InvalidKeySpecException e) {
            throw new IllegalArgumentException("the password does not open the key in " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the key in " + file + " is encrypted in a way that this JDK does not know"
                            + " (" + e.getMessage() + "); convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in "
                            + file
                            + " -out " + file + ".pkcs8",
                    e);
        }
        return decode(file, spec);
    }

    /** With PBES2 the name of the whole algorithm is known to its parameters alone. */
    private static Cipher cipher(EncryptedPrivateKeyInfo info, String password) throws GeneralSecurityException {
        String parameters =
                info.getAlgParameters() == null ? "" : info.getAlgParameters().toString();
        String algorithm = parameters.startsWith("PBE") ? parameters : info.getAlgName();
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
        try {
            SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
            return cipher;
        } finally {
            spec.clearPassword();
        }
    }

    /** What one signs, the other verifies. */
    static boolean belongTogether(PrivateKey own, PublicKey certified) {
        String algorithm = SIGNATURES.getOrDefault(own.getAlgorithm(), own.getAlgorithm());
        if (algorithm.equals("RSASSA-PSS")) {
            return true; // signing needs parameters of its own: the handshake will tell
        }
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(own);
            signing.update(ANYTHING);
            byte[] signed = signing.sign();
            signing.initVerify(certified);
            signing.update(ANYTHING);
            return signing.verify(signed);
        } catch (GeneralSecurityException anotherKind) {
            return false;
        }
    }
}

package io.asyncore.transport.proxy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy that has ended the client's TLS tells of it; immutable, for any thread.
 *
 * @param overTls the client came over TLS
 * @param certificateOnConnection it showed a certificate on this connection
 * @param certificateInSession it showed one at least once in the TLS session that this connection belongs to
 * @param verifyResult the proxy's verdict on the certificate, 0 for a good one; 0 means nothing if there was none
 * @param details further values, raw, in their order
 */
public record ClientTls(
        boolean overTls,
        boolean certificateOnConnection,
        boolean certificateInSession,
        int verifyResult,
        List<Tlv> details) {

    private static final int OVER_TLS = 0x01;
    private static final int CERTIFICATE_ON_CONNECTION = 0x02;
    private static final int CERTIFICATE_IN_SESSION = 0x04;

    private static final int VERSION = 0x21;
    private static final int COMMON_NAME = 0x22;
    private static final int CIPHER = 0x23;
    private static final int SIGNATURE_ALGORITHM = 0x24;
    private static final int KEY_ALGORITHM = 0x25;

    public ClientTls {
        details = List.copyOf(details);
    }

    static ClientTls of(int client, int verifyResult, List<Tlv> details) {
        return new ClientTls(
                (client & OVER_TLS) != 0,
                (client & CERTIFICATE_ON_CONNECTION) != 0,
                (client & CERTIFICATE_IN_SESSION) != 0,
                verifyResult,
                details);
    }

    /** The client has shown a certificate, and the proxy found it good. */
    public boolean isVerified() {
        return (certificateOnConnection || certificateInSession) && verifyResult == 0;
    }

    /** The TLS version, as {@code TLSv1.3}, or null. */
    public @Nullable String version() {
        return detail(VERSION);
    }

    /** The common name in the client's certificate, or null. The client chose it: escape it before logging. */
    public @Nullable String commonName() {
        return detail(COMMON_NAME);
    }

    /** The cipher suite in OpenSSL's name, or null. */
    public @Nullable String cipher() {
        return detail(CIPHER);
    }

    /** What the proxy's own certificate was signed with, as {@code RSA-SHA256}, or null. */
    public @Nullable String signatureAlgorithm() {
        return detail(SIGNATURE_ALGORITHM);
    }

    /** The key of the proxy's own certificate, as {@code RSA2048}, or null. */
    public @Nullable String keyAlgorithm() {
        return detail(KEY_ALGORITHM);
    }

    private @Nullable String detail(int type) {
        return Tlvs.text(details, type);
    }
}

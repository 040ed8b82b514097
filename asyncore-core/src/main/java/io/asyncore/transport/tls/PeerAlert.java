package io.asyncore.transport.tls;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What the peer complains of in a handshake, in words for whoever reads the log. Clients that do TLS 1.3 with OpenSSL say so in
 * plain text after the server has begun to encrypt, and an engine takes it for a damaged record. A value for any thread.
 */
enum PeerAlert {
    HANDSHAKE_FAILURE(40, "it has no protocol version, cipher suite or signature scheme in common with this side"),
    BAD_CERTIFICATE(42, Words.DISTRUST + ", or it is not for the host that the peer wants"),
    UNSUPPORTED_CERTIFICATE(43, Words.DISTRUST),
    CERTIFICATE_REVOKED(44, "this side's certificate was revoked"),
    CERTIFICATE_EXPIRED(45, "this side's certificate has expired, or is not valid yet"),
    CERTIFICATE_UNKNOWN(46, Words.DISTRUST),
    UNKNOWN_CA(48, Words.DISTRUST + ": it does not know who has signed it"),
    ACCESS_DENIED(49, Words.DISTRUST),
    PROTOCOL_VERSION(70, "it has no protocol version in common with this side"),
    INSUFFICIENT_SECURITY(71, "it asks for stronger cipher suites than this side has"),
    USER_CANCELED(90, "it has changed its mind"),
    UNRECOGNIZED_NAME(112, "it does not know the host that it was asked for"),
    CERTIFICATE_REQUIRED(116, "it wants a certificate of this side"),
    NO_APPLICATION_PROTOCOL(120, "it has no application protocol (ALPN) in common with this side");

    /** Level and number behind the header of a record; one that is encrypted is longer. */
    private static final int LENGTH = Records.HEADER + 2;

    /** How the JDK tells of one that it has understood; the alert's name follows. */
    private static final String KNOWN = "Received fatal alert: ";

    private static final Map<Integer, PeerAlert> BY_NUMBER = new HashMap<>();

    static {
        for (PeerAlert alert : values()) {
            BY_NUMBER.put(alert.number, alert);
        }
    }

    private final int number;
    private final String meaning;

    PeerAlert(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    private static final class Words {
        static final String DISTRUST = "it does not trust this side's certificate";
    }

    /** The alert in plain text that the next record is, if it is one of these. The buffer stays as it is. */
    static @Nullable PeerAlert in(ByteBuffer record) {
        int at = record.position();
        return record.remaining() >= LENGTH
                        && record.get(at) == Records.ALERT
                        && record.getShort(at + 3) == LENGTH - Records.HEADER
                ? BY_NUMBER.get((int) record.get(at + LENGTH - 1))
                : null;
    }

    /** What an engine has thrown over a record, which perhaps was an alert in plain text: as it is, unless it was one of these. */
    static SSLException explain(SSLException thrown, @Nullable PeerAlert plain) {
        PeerAlert alert = plain == null ? named(String.valueOf(thrown.getMessage())) : plain;
        if (alert == null) {
            return thrown;
        }
        String name = alert.name().toLowerCase(Locale.ROOT);
        SSLException explained = new SSLHandshakeException(
                "the peer ended the TLS handshake with the alert " + name + ": " + alert.meaning);
        explained.initCause(thrown);
        return explained;
    }

    private static @Nullable PeerAlert named(String message) {
        int at = message.indexOf(KNOWN);
        String name = at < 0 ? "" : message.substring(at + KNOWN.length()).toUpperCase(Locale.ROOT);
        for (PeerAlert alert : values()) {
            if (alert.name().equals(name)) {
                return alert;
            }
        }
        return null;
    }
}

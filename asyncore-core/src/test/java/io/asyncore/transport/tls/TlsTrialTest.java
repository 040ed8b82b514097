package io.asyncore.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.tls.Identity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trial of a server's engine finds, and what it lets pass. */
class TlsTrialTest {

    private static final String TLS_13_SUITE = "TLS_AES_128_GCM_SHA256";

    private final SSLContext context = Identity.localhost().context();
    private final SSLEngine server = engine(context);

    private static SSLEngine engine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theHandshakeIsDoneToItsEnd(String protocol) throws Exception {
        server.setEnabledProtocols(new String[] {protocol});
        TlsTrial.run(context, server);
        assertThat(server.getHandshakeStatus()).isIn(HandshakeStatus.NOT_HANDSHAKING, HandshakeStatus.FINISHED);
        assertThat(server.getSession().getProtocol()).isEqualTo(protocol);
        assertThat(server.getSession().getLocalCertificates())
                .isInstanceOf(X509Certificate[].class)
                .isNotEmpty();
    }

    @Test
    void itNeedsNoCertificateOfAClient() throws Exception {
        server.setNeedClientAuth(true);
        TlsTrial.run(context, server);
        assertThat(server.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void nobodyTakesItsSessionUpAgain() throws Exception {
        server.setEnabledProtocols(new String[] {"TLSv1.2"});
        TlsTrial.run(context, server);
        assertThat(server.getSession().isValid()).isFalse();
    }

    @Test
    void oldProtocolsAlone() {
        server.setEnabledProtocols(new String[] {"TLSv1.1"});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsTrial.run(context, server))
                .withMessage("the TLS engine has [TLSv1.1] enabled, but only TLS 1.2 and 1.3 will do: enable one of"
                        + " [TLSv1.3, TLSv1.2]");
    }

    @Test
    void suitesOfAnotherProtocol() {
        server.setEnabledProtocols(new String[] {"TLSv1.2"});
        server.setEnabledCipherSuites(new String[] {TLS_13_SUITE});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsTrial.run(context, server))
                .withMessageContaining("the protocols [TLSv1.2] and the cipher suites [" + TLS_13_SUITE + "] enabled")
                .withMessageContaining("enable cipher suites and protocols that belong together");
    }

    /** It says nothing about the clients of this server. */
    @Test
    void clientsOfThisProcessThatOfferLess() throws Exception {
        server.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
        System.setProperty("jdk.tls.client.SignatureSchemes", "ecdsa_secp256r1_sha256");
        try {
            TlsTrial.run(context, server);
        } finally {
            System.clearProperty("jdk.tls.client.SignatureSchemes");
        }
        assertThat(server.getSession().isValid()).isFalse();
    }

    /** As one does that wants the name of a host, and does not look whether there is one. */
    @Test
    void aKeyManagerThatFails() throws Exception {
        SSLContext failing = SSLContext.getInstance("TLS");
        failing.init(new KeyManager[] {new Failing()}, null, null);
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> TlsTrial.run(failing, engine(failing)))
                .withStackTraceContaining("no name was asked for");
    }

    private static final class Failing extends X509ExtendedKeyManager {

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            throw new IllegalStateException("no name was asked for");
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[0];
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }

    @Test
    void suitesForAnotherKindOfKey() {
        server.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
        assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> TlsTrial.run(context, server));
    }
}

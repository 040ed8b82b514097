package io.asyncore.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.asyncore.tls.Identity;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLHandshakeException;
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

    @Test
    void suitesForAnotherKindOfKey() {
        server.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
        assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> TlsTrial.run(context, server));
    }
}

package io.asyncore.transport.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * One handshake in memory, with a client that trusts everybody: what a server cannot do is found when it starts, and the JDK's
 * classes are loaded before its first client comes. Any thread; takes some milliseconds, the first time of a process some
 * hundred.
 */
public final class TlsTrial {

    private static final List<String> NARROWING =
            List.of("jdk.tls.client.SignatureSchemes", "jdk.tls.client.disableExtensions");
    private static final int MOST_STEPS = 1000;
    private static final int MOST_SUITES_TOLD = 8;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine server;
    private final ByteBuffer toServer;
    private final ByteBuffer toClient;
    private final ByteBuffer plain;

    private TlsTrial(SSLEngine server) {
        this.server = server;
        int size = 2 * server.getSession().getPacketBufferSize();
        toServer = ByteBuffer.allocate(size);
        toClient = ByteBuffer.allocate(size);
        plain = ByteBuffer.allocate(server.getSession().getApplicationBufferSize());
    }

    /**
     * Tries an engine.
     *
     * @param context what has made it
     * @param server fresh, in server mode; of no use afterwards
     * @return the certificate that was shown, and those of who signed it; none where there was no client to show it to
     * @throws IllegalArgumentException naming what is enabled, if no client at all can shake hands with such an engine
     * @throws SSLException if it refuses a client that offers all that it has enabled itself, and asks for no host; also where
     *     what it asks for its key fails
     */
    public static List<X509Certificate> run(SSLContext context, SSLEngine server) throws SSLException {
        TlsEngines.requireModernTls(server);
        server.setNeedClientAuth(false);
        server.setWantClientAuth(false);
        TlsTrial trial = new TlsTrial(server);
        trial.begin();
        SSLEngine client = client(context, server);
        if (client == null) {
            return List.of();
        }
        trial.shakeHands(client);
        List<X509Certificate> shown = certificates(server.getSession().getLocalCertificates());
        server.getSession().invalidate(); // nobody will take it up again
        return shown;
    }

    private static List<X509Certificate> certificates(Certificate @Nullable [] chain) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate each : chain == null ? new Certificate[0] : chain) {
            if (each instanceof X509Certificate certificate) {
                certificates.add(certificate);
            }
        }
        return certificates;
    }

    private void begin() {
        try {
            server.beginHandshake();
        } catch (SSLException nothingFits) {
            throw new IllegalArgumentException(
                    "the TLS engine has the protocols " + Arrays.toString(server.getEnabledProtocols()) + " and "
                            + suites(server.getEnabledCipherSuites())
                            + " enabled, with which no handshake is possible (" + nothingFits.getMessage()
                            + "): enable cipher suites and protocols that belong together and that the JDK has not disabled",
                    nothingFits);
        }
    }

    private static String suites(String[] enabled) {
        return enabled.length > MOST_SUITES_TOLD
                ? enabled.length + " cipher suites"
                : "the cipher suites " + Arrays.toString(enabled);
    }

    /** Null if the engine's provider has no such client, or if this process has its clients offer less than others do. */
    private static @Nullable SSLEngine client(SSLContext context, SSLEngine server) {
        if (NARROWING.stream().anyMatch(property -> System.getProperty(property) != null)) {
            return null;
        }
        try {
            SSLContext trusting = SSLContext.getInstance("TLS", context.getProvider());
            trusting.init(null, new TrustManager[] {new TrustsEverybody()}, new SecureRandom());
            SSLEngine client = trusting.createSSLEngine();
            client.setUseClientMode(true);
            client.setEnabledProtocols(server.getEnabledProtocols());
            client.setEnabledCipherSuites(server.getEnabledCipherSuites());
            client.beginHandshake();
            return client;
        } catch (GeneralSecurityException
                | SSLException
                | IllegalArgumentException
                | UnsupportedOperationException unlike) {
            return null;
        }
    }

    private void shakeHands(SSLEngine client) throws SSLException {
        for (int i = 0; i < MOST_STEPS && (isBusy(client) || isBusy(server)); i++) {
            try {
                step(client, toClient, toServer);
            } catch (SSLException | RuntimeException clientsOwn) {
                return; // what it lacks says nothing about others
            }
            try {
                step(server, toServer, toClient);
            } catch (RuntimeException e) {
                throw new SSLException(e.toString(), e); // a key manager's, which perhaps wants the name of a host
            }
        }
    }

    private static boolean isBusy(SSLEngine engine) {
        return switch (engine.getHandshakeStatus()) {
            case NOT_HANDSHAKING, FINISHED -> false;
            default -> true;
        };
    }

    private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks(engine);
            case NEED_WRAP -> engine.wrap(NOTHING, out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                engine.unwrap(in.flip(), plain.clear());
                in.compact();
            }
            default -> {}
        }
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}

package io.asyncore.transport.tls;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Makes engines the way that they should be made. Any thread. */
public final class TlsEngines {

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    private static final Pattern IP_LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private TlsEngines() {}

    /**
     * An engine in client mode that asks for this host and accepts only a certificate for it, by the rules of HTTPS.
     *
     * @param host the server's name, or its address as the certificate has it
     * @param port the server's port, for sessions that are taken up again
     * @throws IllegalArgumentException if the host is no name and no address, or neither TLS 1.2 nor 1.3 is to be had
     */
    public static SSLEngine client(SSLContext context, String host, int port) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        SSLEngine engine = context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!IP_LITERAL.matcher(name).matches()) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        engine.setSSLParameters(parameters);
        requireModernTls(engine);
        return engine;
    }

    /**
     * Threads for the tasks of engines, shared by whoever does not bring some: as many as there are processors but at most
     * four, daemons, made when they are needed, gone when they were idle for ten seconds. 4,096 tasks may wait; further ones
     * are rejected.
     */
    public static Executor sharedTasks() {
        return SharedTasks.executor();
    }

    /** Leaves TLS 1.2 and 1.3 enabled, as far as they are, and nothing else. */
    static void requireModernTls(SSLEngine engine) {
        String[] modern = Arrays.stream(engine.getEnabledProtocols())
                .filter(PROTOCOLS::contains)
                .toArray(String[]::new);
        if (modern.length == 0) {
            throw new IllegalArgumentException("the TLS engine has " + Arrays.toString(engine.getEnabledProtocols())
                    + " enabled, but only TLS 1.2 and 1.3 will do: enable one of " + PROTOCOLS);
        }
        engine.setEnabledProtocols(modern);
    }
}

package io.asyncore.behaviour;

import io.asyncore.test.ServerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** A key that is made once, and engines of both sides that trust it. */
final class TlsKeys {

    private static final SSLContext CONTEXT = make();

    private TlsKeys() {}

    static SSLEngine engine(boolean asClient, String protocol) {
        SSLEngine engine = CONTEXT.createSSLEngine();
        engine.setUseClientMode(asClient);
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    private static SSLContext make() {
        try {
            ServerKey key = ServerKey.create(Files.createTempDirectory("keys"), "simulated");
            key.store().toFile().deleteOnExit();
            return key.context();
        } catch (GeneralSecurityException | IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

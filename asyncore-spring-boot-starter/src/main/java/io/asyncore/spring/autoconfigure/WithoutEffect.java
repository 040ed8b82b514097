package io.asyncore.spring.autoconfigure;

import io.asyncore.server.ProxyProtocol.Mode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of keys that change nothing as the others are: somebody believes that something is on, or protected. It starts all the
 * same, as one place may say what is trusted, and another one whether that counts here.
 */
final class WithoutEffect {

    private static final Logger log = LoggerFactory.getLogger(WithoutEffect.class);

    /** What the key is unless it is set. */
    private static final String DEFAULT_PERMISSIONS = "rw-rw----";

    private WithoutEffect() {}

    static void warn(String prefix, AsyncoreProperties.Server keys) {
        if (!keys.proxyProtocol().trusted().isEmpty() && keys.proxyProtocol().mode() == Mode.OFF) {
            log.warn(
                    "{}.proxy-protocol.trusted has no effect, as {}.proxy-protocol.mode is off: a PROXY header would be taken"
                            + " for data. Set the mode to required, or remove the key",
                    prefix,
                    prefix);
        }
        if (keys.path() == null && !keys.pathPermissions().equals(DEFAULT_PERMISSIONS)) {
            log.warn(
                    "{}.path-permissions has no effect, as there is no {}.path: who may connect to a port, {}.filter says",
                    prefix,
                    prefix,
                    prefix);
        }
    }
}

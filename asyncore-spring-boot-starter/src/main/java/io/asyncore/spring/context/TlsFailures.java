package io.asyncore.spring.context;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

/** What to tell somebody whose server cannot do the TLS that it should. There is no way to plain text from here. */
public final class TlsFailures {

    private TlsFailures() {}

    /** TLS is wanted, but nothing says with which certificate. */
    public static AsyncoreStartException withoutBundle(String server, String key) {
        String prefix = ServerSpec.prefix(server);
        return new AsyncoreStartException(
                "The server '" + server + "' (" + prefix + ") has " + key + ", but names no SSL bundle.",
                "Set " + prefix + ".ssl.bundle to the name of a bundle under spring.ssl.bundle.pem or"
                        + " spring.ssl.bundle.jks, or remove what is under " + prefix + ".ssl to use plain text.");
    }

    /** A name is given, and is empty: a variable in the environment, perhaps, that has no value there. */
    public static AsyncoreStartException blankBundle(String server) {
        String prefix = ServerSpec.prefix(server);
        return new AsyncoreStartException(
                "The server '" + server + "' (" + prefix + ") has an empty " + prefix + ".ssl.bundle.",
                "Set it to the name of a bundle under spring.ssl.bundle.pem or spring.ssl.bundle.jks; or, to use plain text,"
                        + " set " + prefix + ".ssl.enabled=false or remove the key.");
    }

    static AsyncoreStartException noBundles(ServerSpec server, ServerSpec.Tls keys) {
        return failure(
                server,
                "names the SSL bundle '" + keys.bundle() + "', but there is no SslBundles bean",
                "Do not exclude SslAutoConfiguration, or define a bean of the type SslBundles.",
                null);
    }

    static AsyncoreStartException unknown(
            ServerSpec server, ServerSpec.Tls keys, SslBundles bundles, RuntimeException cause) {
        List<String> names = bundles.getBundleNames();
        return failure(
                server,
                "names the SSL bundle '" + keys.bundle() + "', which does not exist",
                "Define spring.ssl.bundle.pem." + keys.bundle() + " or spring.ssl.bundle.jks." + keys.bundle()
                        + ", or set " + server.prefix() + ".ssl.bundle to one of those that exist: "
                        + (names.isEmpty() ? "none" : String.join(", ", names)) + ".",
                cause);
    }

    static AsyncoreStartException broken(ServerSpec server, ServerSpec.Tls keys, RuntimeException cause) {
        return failure(
                server,
                "cannot use the SSL bundle '" + keys.bundle() + "': " + reason(cause),
                "Correct the bundle's files or its keys under spring.ssl.bundle.pem." + keys.bundle()
                        + " or spring.ssl.bundle.jks." + keys.bundle() + "; or name another one in " + server.prefix()
                        + ".ssl.bundle.",
                cause);
    }

    /** The messages of a failure and of what caused it. */
    static String reason(Throwable failure) {
        StringBuilder reason = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (reason.indexOf(message) < 0) {
                reason.append(": ").append(message);
            }
        }
        return reason.toString();
    }

    private static AsyncoreStartException failure(
            ServerSpec server, String problem, String action, @Nullable Throwable cause) {
        return new AsyncoreStartException(server.describe() + " " + problem + ".", action, cause);
    }
}

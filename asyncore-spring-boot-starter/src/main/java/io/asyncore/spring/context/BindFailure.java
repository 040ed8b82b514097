package io.asyncore.spring.context;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to tell somebody whose server cannot listen where it should. */
final class BindFailure {

    private BindFailure() {}

    /** @param occupant another server of the application, which listens there already, or nothing */
    static AsyncoreStartException of(ServerSpec server, IOException refused, @Nullable ServerSpec occupant) {
        String reason = String.valueOf(refused.getMessage());
        return new AsyncoreStartException(
                server.describe() + " cannot listen on " + where(server) + ": " + reason + ".",
                occupant == null || !isTaken(reason)
                        ? action(server, reason.toLowerCase(Locale.ROOT))
                        : conflict(server, occupant),
                refused);
    }

    /** The address is there, and may be used. */
    private static boolean isTaken(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        return !lower.contains("assign") && !lower.contains("permission");
    }

    private static String where(ServerSpec server) {
        return Stream.of(server.port() == null ? null : "port " + server.port(), server.path())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" and "));
    }

    private static String conflict(ServerSpec server, ServerSpec occupant) {
        return occupant.describe()
                + " of this application listens there already: set another port, address or path under "
                + server.prefix() + " or " + occupant.prefix() + ".";
    }

    private static String action(ServerSpec server, String reason) {
        String prefix = server.prefix();
        if (server.port() == null) {
            return "Look at the file and its directory, or set another " + prefix + ".path.";
        }
        if (reason.contains("in use")) {
            return "Identify and stop what else listens on port " + server.port() + ", or set another port or address"
                    + " under " + prefix + ".";
        }
        if (reason.contains("assign")) {
            return "Set " + prefix + ".address to an address of this machine, or remove it to listen on all.";
        }
        if (reason.contains("permission")) {
            return "Ports below 1024 are reserved on most systems: set " + prefix + ".port to a higher one, or let the"
                    + " process have the capability CAP_NET_BIND_SERVICE.";
        }
        return "Correct the port, address or path under " + prefix + ".";
    }
}

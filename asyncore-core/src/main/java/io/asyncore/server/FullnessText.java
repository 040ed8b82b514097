package io.asyncore.server;

import java.net.InetAddress;
import java.time.Duration;

/**
 * What the log says of a limit that is reached: which server and which limit, what becomes of clients, and what to do. A value
 * for any thread.
 *
 * @param warning when it is
 * @param over what is no longer so, when there is room again
 */
record FullnessText(String warning, String over) {

    static FullnessText ofConnections(ServerOptions options) {
        int most = options.limits().connections();
        String server = "server '" + options.name() + "'";
        return new FullnessText(
                server + " is full: limits.connections is " + most + ", and so many are open or in a handshake. "
                        + fate(options) + ". To serve more at once, raise limits.connections; to be rid of silent ones"
                        + " earlier, shorten timeouts.idle or set limits.perPeer",
                server + " has room again (limits.connections is " + most + ")");
    }

    static FullnessText ofHandshakes(ServerOptions options) {
        int most = options.limits().handshakes();
        String server = "server '" + options.name() + "'";
        return new FullnessText(
                server + " takes nobody in for now: limits.handshakes is " + most
                        + ", and so many connections have not completed their PROXY header or TLS handshake. "
                        + fate(options) + ". If those are true clients, raise limits.handshakes; if not, shorten"
                        + " timeouts.handshake and timeouts.proxyHeader",
                server + " has room for handshakes again (limits.handshakes is " + most + ")");
    }

    private static String fate(ServerOptions options) {
        return options.limits().whenFull() == Limits.WhenFull.WAIT
                ? "Further clients wait until one of them ends"
                : "Further clients are refused until one of them ends";
    }

    /** One address has all that it may have. */
    static String ofPeer(ServerOptions options, InetAddress peer) {
        return "server '" + options.name() + "' refuses " + peer.getHostAddress() + ": limits.perPeer is "
                + options.limits().perPeer()
                + ", and so many connections of this address are open. If many clients share"
                + " it, raise limits.perPeer";
    }

    /** @param time from the warning until there was room that lasted */
    String over(Duration time) {
        return over + ": it was at its limit, on and off, for " + time.toMillis() + " ms";
    }
}
